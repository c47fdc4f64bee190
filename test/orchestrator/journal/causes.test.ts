import { expect, it } from 'vitest';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';

it('every event of a run but the first tells which earlier one led to it', async () => {
  const { engine, events } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
  await engine.executeWorkflow('bug_fix', 'The total in `cart.py` is wrong.');
  const [first, ...others] = events;
  expect(first?.type).toBe('run.started');
  expect(first?.causation).toBeUndefined();
  const types = new Map(events.map(({ sequence, type }) => [sequence, type]));
  for (const { type, sequence, causation } of others) {
    expect(causation, `${type} (${sequence})`).toBeGreaterThan(0);
    expect(causation, `${type} (${sequence})`).toBeLessThan(sequence);
  }
  const causeOf = (type: Parameters<typeof eventsOfType>[1]) =>
    new Set(eventsOfType(events, type).map(({ causation }) => types.get(causation ?? 0)));
  expect(causeOf('task.added')).toEqual(new Set(['run.started']));
  expect(causeOf('task.started')).toEqual(new Set(['run.started', 'task.completed']));
  expect(causeOf('activity.started')).toEqual(new Set(['task.started']));
  expect(causeOf('call.ended')).toEqual(new Set(['activity.started']));
  expect(causeOf('task.completed')).toEqual(new Set(['task.started']));
});

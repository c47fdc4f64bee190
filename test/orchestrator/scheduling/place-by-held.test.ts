import { expect, it } from 'vitest';
import { teamInstructions } from '../../../src/agents/team-instructions.ts';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { placeByHeld } from '../../../src/orchestrator/scheduling/place-by-held.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';

const scheduled = (task: string, number: number) => ({ task, number, dependencies: [], priority: 1 });
const ready = [scheduled('testing', 4), scheduled('deployment', 5)];

async function* untilStarted(events: AsyncIterable<JournalEvent>, task: string): AsyncGenerator<JournalEvent> {
  for await (const event of events) {
    if (event.type === 'task.started' && event.data.task === task) return;
    yield event;
  }
}

/** A run before testing and deployment, with a model that holds so many characters of the transcripts of a role. */
async function placement(layout: 'transcript' | 'per_role', held: (system: string) => number) {
  const { engine, orchestrator } = await teamOnFake({ settings: { prompt_layout: layout } });
  const { workflow_id: run } = await engine.executeWorkflow('feature_development', 'Build it.');
  const state = await foldRun(untilStarted(orchestrator.store.read(`run:${run}`), 'testing'));
  let asked = 0;
  const model = {
    name: 'fake',
    held: (messages: readonly { content: readonly { text: string }[] }[]) => {
      asked += 1;
      return held(messages[0]?.content[0]?.text ?? '');
    },
  };
  const style = { length: 'full', layout } as const;
  const context = {
    journal: { state },
    preamble: (length: 'full' | 'brief') => teamInstructions().preamble(length),
    agentOf: (role: string) => orchestrator.getAgentByRole(role),
    modelOf: () => ({ model, style, reasoning: 'leave_out' }),
  } as unknown as Parameters<typeof placeByHeld>[0];
  return { place: placeByHeld(context), asked: () => asked };
}

it('takes the task whose beginning the server holds most of', async () => {
  const { place } = await placement('per_role', (system) => (/act as the DevOps/.test(system) ? 900 : 100));
  expect(place(ready).task).toBe('deployment');
  expect(place(ready.toReversed()).task).toBe('deployment');
});

it('takes the first of the workflow among equals', async () => {
  const { place } = await placement('per_role', () => 500);
  expect(place(ready.toReversed()).task).toBe('testing');
});

it('asks once for tasks that begin with the same, and not at all where there is nothing to choose', async () => {
  const { place, asked } = await placement('transcript', () => 500);
  place(ready);
  const first = asked();
  place(ready.slice(1));
  expect([first, asked()]).toEqual([1, 1]);
});

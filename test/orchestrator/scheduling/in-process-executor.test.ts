import { expect, it } from 'vitest';
import { z } from 'zod';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { definitionOf } from '../step-kinds/team-with-steps.ts';
import { teamThatTells } from '../step-kinds/tell-step.ts';

it('a step that a kind of a program adds without what its own kind needs fails, and says what it lacks', async () => {
  const { engine, events, orchestrator } = await teamThatTells();
  const pause = { id: 'pause', kind: 'wait', description: 'Wait.', depends_on: [], priority: 1, seconds: 'soon' };
  orchestrator.registerStepKind({
    name: 'grow',
    options: z.object({}),
    needs: () => ({ model: false }),
    execute: async ({ woken }) => (woken === undefined ? { status: 'expanded', steps: [pause] } : { status: 'completed' }),
  });
  engine.registerWorkflow(definitionOf('growing', [{ id: 'grow', kind: 'grow', description: 'Grow.' }]));
  expect((await engine.executeWorkflow('growing', 'Build it.')).status).toBe('failed');
  expect(eventsOfType(events, 'task.failed')[0]?.data).toMatchObject({
    task: 'grow/pause',
    error: {
      code: 'step.bad_options',
      message: expect.stringMatching(/^The step grow\/pause does not say what a step of the kind wait has to: [^]*seconds/) as string,
    },
  });
});

import { z } from 'zod';
import type { StepKind } from '../../../src/orchestrator/step-kind.ts';
import { teamWithSteps } from './team-with-steps.ts';
import type { TeamOnFakeOptions } from '../../support/team-on-fake.ts';
import { definitionOf } from './team-with-steps.ts';

const options = z.object({
  outputs_are: z.record(z.string(), z.unknown()).default({}),
  ends: z.enum(['well', 'badly']).default('well'),
});

/** Ends as it says, without a model. */
export const tellStep: StepKind<typeof options> = {
  name: 'tell',
  options,
  needs: () => ({ model: false }),
  async execute({ options: { outputs_are: outputs, ends } }) {
    if (ends === 'well') return { status: 'completed', outputs };
    return { status: 'failed', error: { code: 'told.so', message: 'It was told to.' }, again: 'never' };
  },
};

/** A step that ends as it says. */
export const told = (id: string, more: object = {}) => ({ id, kind: 'tell', description: `Tell ${id}.`, ...more });

/** A team that knows such steps. */
export async function teamThatTells(teamOptions?: TeamOnFakeOptions) {
  const team = await teamWithSteps([{ id: 'pause', kind: 'wait', description: 'Wait.', seconds: 1 }], teamOptions);
  team.orchestrator.registerStepKind(tellStep);
  let count = 0;
  return {
    ...team,
    /** Runs a workflow of these steps to its end. */
    runSteps: async (steps: readonly object[]) => {
      const name = `told_${(count += 1)}`;
      team.engine.registerWorkflow(definitionOf(name, steps as never));
      const result = await team.engine.executeWorkflow(name, 'Build it.');
      const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
      return { result, tasks, statuses: Object.fromEntries([...tasks].map(([id, { status }]) => [id, status])) };
    },
  };
}

import { vi } from 'vitest';
import type { ExecuteOptions } from '../../../src/orchestrator/execute-options.ts';
import type { StepKind } from '../../../src/orchestrator/step-kind.ts';
import type { WorkflowDefinitionInput } from '../../../src/workflows/workflow-schema.ts';
import { eventsOfType, teamOnFake, type TeamOnFakeOptions } from '../../support/team-on-fake.ts';

type Steps = WorkflowDefinitionInput['steps'];

/** The stand-in says the same again to the same type of task, which is no result. */
export const analysis = (id: string, depends_on: string[] = [], task_type = 'requirements_analysis') => ({
  id,
  role: 'business_analyst',
  task_type,
  description: `Look at it (${id}).`,
  expects: 'text' as const,
  depends_on,
});

export const definitionOf = (name: string, steps: Steps): WorkflowDefinitionInput => ({ name, title: name, description: name, steps });

export interface TeamWithStepsOptions extends TeamOnFakeOptions {
  /** A kind that is registered first. */
  kind?: StepKind | undefined;
}

/** A team and a workflow of these steps, which `run` executes. */
export async function teamWithSteps(steps: Steps, options: TeamWithStepsOptions = {}) {
  const { settings, kind, ...others } = options;
  const team = await teamOnFake({ ...others, settings: { max_concurrent_agents: 1, ...settings } });
  if (kind !== undefined) team.orchestrator.registerStepKind(kind);
  team.engine.registerWorkflow(definitionOf('house', steps));
  return {
    ...team,
    /** Stays while the run waits, unless it is to be let go. */
    run: (signal?: AbortSignal, whileWaiting: ExecuteOptions['whileWaiting'] = 'stay') =>
      team.engine.executeWorkflow('house', 'Build it.', {}, { signal, whileWaiting }),
    /** Resolves with the run's id when a task waits. */
    waiting: (task: string) =>
      vi.waitFor(
        () => {
          const event = eventsOfType(team.events, 'task.waiting').find(({ data }) => data.task === task);
          if (event === undefined) throw new Error(`${task} does not wait yet`);
          return event.correlation;
        },
        { timeout: 60_000, interval: 5 },
      ),
  };
}

import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';
import { agentStep } from './agent-step.ts';
import type { StepKind } from './step-kind.ts';

/** The kinds of steps there are, by name. */
export class StepKindRegistry {
  readonly #kinds = new Map<string, StepKind>([[agentStep.name, agentStep]]);

  /** @throws MultiagentError `step.unknown_kind`. */
  get(name: string): StepKind {
    const kind = this.#kinds.get(name);
    if (kind) return kind;
    const near = nearestName(name, this.#kinds.keys());
    throw new MultiagentError({
      code: 'step.unknown_kind',
      message: `There is no kind of step called "${name}".`,
      hint: near ? `Did you mean "${near}"?` : `There are: ${[...this.#kinds.keys()].join(', ')}.`,
    });
  }
}

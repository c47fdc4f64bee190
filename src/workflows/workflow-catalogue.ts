import { join } from 'node:path';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { checkDefinition } from './definition-problems.ts';
import { invalidWorkflow } from './invalid-workflow.ts';
import { loadWorkflow } from './load-workflow.ts';
import { shownName } from '../utils/printable.ts';
import { agentStepsOnly, type StepOptionSchemas, type WorkflowDefinition, type WorkflowDefinitionInput } from './workflow-schema.ts';

/** The built-in workflows, in the order of menus. */
export const templateNames = ['feature_development', 'bug_fix', 'infrastructure', 'documentation', 'analysis'] as const;

/** Every workflow that can be run by name: the five templates, then those that were registered, in that order. */
export class WorkflowCatalogue {
  readonly #definitions = new Map<string, WorkflowDefinition>();

  readonly #kinds: () => StepOptionSchemas;

  /** @param kinds What steps of each kind say, for the workflows that are registered. Default: steps of agents only. */
  constructor(kinds: () => StepOptionSchemas = () => agentStepsOnly) {
    this.#kinds = kinds;
    for (const name of templateNames) this.register(loadWorkflow(join(import.meta.dirname, 'templates', `${name}.yaml`)));
  }

  /**
   * The workflow of this name, in snake_case or kebab-case. It is the caller's own copy.
   * @throws MultiagentError `workflow.unknown`, with the nearest name and all names in the hint.
   */
  get(name: string): WorkflowDefinition {
    const definition = this.#definitions.get(name.trim().toLowerCase().replaceAll('-', '_'));
    if (definition !== undefined) return structuredClone(definition);
    const names = [...this.#definitions.keys()].map((known) => known.replaceAll('_', '-'));
    const nearest = nearestName(name, names);
    throw new MultiagentError({
      category: 'usage',
      code: 'workflow.unknown',
      message: `There is no workflow called ${shownName(name)}.`,
      hint: `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Workflows: ${names.join(', ')}.`,
    });
  }

  /** In menu order; the caller's own copies. */
  list(): WorkflowDefinition[] {
    return structuredClone([...this.#definitions.values()]);
  }

  /**
   * Adds a workflow of the user's own, with defaults filled in, and returns it.
   * @throws MultiagentError `workflow.invalid` with every problem, or `workflow.exists` when the name is taken.
   */
  register(input: WorkflowDefinitionInput): WorkflowDefinition {
    const checked = checkDefinition(input, this.#kinds());
    if (!checked.valid)
      throw invalidWorkflow(shownName(String((input as Partial<WorkflowDefinitionInput> | null)?.name)), checked.problems);
    const { definition } = checked;
    if (this.#definitions.has(definition.name)) {
      throw new MultiagentError({
        category: 'usage',
        code: 'workflow.exists',
        message: `There is already a workflow called ${definition.name}.`,
        hint: 'Give the workflow another name.',
      });
    }
    this.#definitions.set(definition.name, definition);
    return structuredClone(definition);
  }
}

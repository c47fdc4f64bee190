import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';
import type { InnerSteps, StepKindDeclarations } from '../../workflows/step-kind-declaration.ts';
import { isAgentStep, optionsOfStep, type WorkflowDefinition, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import { agentStep } from './agent-step.ts';
import { approvalStep } from './approval-step.ts';
import { checkStep } from './check-step.ts';
import { commandStep } from './command-step.ts';
import type { BuiltInStepKind, StepKind, StepNeeds } from '../step-kind.ts';
import { forEachStep } from './for-each-step.ts';
import { loopStep } from './loop-step.ts';
import { planStep } from './plan-step.ts';
import { questionStep } from './question-step.ts';
import { repairStep } from './repair-step.ts';
import { reworkStep } from './rework-step.ts';
import { switchStep } from './switch-step.ts';
import { waitStep } from './wait-step.ts';
import { workflowStep } from './workflow-step.ts';

type AnyKind = BuiltInStepKind;

/** The kinds of this program. */
const builtIn = [
  agentStep,
  waitStep,
  commandStep,
  workflowStep,
  repairStep,
  approvalStep,
  reworkStep,
  questionStep,
  checkStep,
  loopStep,
  switchStep,
  forEachStep,
  planStep,
] as unknown as AnyKind[];

/** What the roles say of their steps. */
export interface RolesOfSteps {
  /** Whether nothing that a role does may leave this machine. */
  isPrivate: (role: string) => boolean;
  toolsOf: (role: string) => readonly string[];
}

/** The kinds of steps there are, by name. */
export class StepKindRegistry {
  readonly #kinds = new Map<string, AnyKind>(builtIn.map((kind) => [kind.name, kind]));
  readonly #roles: RolesOfSteps;

  /** @param roles Default: they say nothing, for whoever only reads definitions. */
  constructor(roles: RolesOfSteps = { isPrivate: () => false, toolsOf: () => [] }) {
    this.#roles = roles;
  }

  /** @throws MultiagentError `step.kind_exists`. */
  register(kind: StepKind): void {
    if (this.#kinds.has(kind.name)) {
      throw new MultiagentError({
        category: 'usage',
        code: 'step.kind_exists',
        message: `There is already a kind of step called "${kind.name}".`,
        hint: 'Give the kind another name.',
      });
    }
    this.#kinds.set(kind.name, kind);
  }

  /** @throws MultiagentError `step.unknown_kind`. */
  get(name: string): AnyKind {
    const kind = this.#kinds.get(name);
    if (kind) return kind;
    const near = nearestName(name, this.#kinds.keys());
    throw new MultiagentError({
      category: 'usage',
      code: 'step.unknown_kind',
      message: `There is no kind of step called "${name}".`,
      hint: near
        ? `Did you mean "${near}"?`
        : `There are: ${[...this.#kinds.keys()].join(', ')}. A program registers kinds of its own with registerStepKind.`,
    });
  }

  /** What a step needs before it can begin. @throws MultiagentError `step.unknown_kind`. */
  needsOf(step: WorkflowStep): StepNeeds {
    return this.get(step.kind).needs(optionsOfStep(step));
  }

  /** Whether nothing that a role does may leave this machine. */
  isPrivateRole(role: string): boolean {
    return role !== '' && this.#roles.isPrivate(role);
  }

  /** A step with what its role says of all its steps: private where the role is, with the role's tools where it names none. @throws MultiagentError `step.unknown_kind`. */
  withRole(step: WorkflowStep): WorkflowStep {
    const needs = this.needsOf(step);
    if (!needs.model || needs.role === '') return step;
    const isPrivate = step.private === true || this.isPrivateRole(needs.role);
    const isAsked = isAgentStep(step) && step.tools === undefined && typeof step.expects !== 'object';
    const tools = isAsked ? this.#roles.toolsOf(needs.role) : [];
    return { ...step, ...(isPrivate ? { private: true } : {}), ...(tools.length === 0 ? {} : { tools: [...tools] }) };
  }

  /** The workflow whose steps a step adds to the run. @throws MultiagentError `step.unknown_kind`. */
  nestedOf(step: WorkflowStep): string | undefined {
    return this.get(step.kind).nests?.(optionsOfStep(step));
  }

  /** The lists of steps within a step. @throws MultiagentError `step.unknown_kind`. */
  innerOf(step: WorkflowStep): InnerSteps[] {
    return this.get(step.kind).inner?.(optionsOfStep(step)) ?? [];
  }

  /** A step and all steps within it, at whatever depth, with those that may join the run for them. @throws MultiagentError `step.unknown_kind`. */
  withInner(step: WorkflowStep): WorkflowStep[] {
    const added = this.get(step.kind).mayAdd?.(optionsOfStep(step)) ?? [];
    const within = this.innerOf(step).flatMap(({ steps }) => steps as WorkflowStep[]);
    return [step, ...added, ...within.flatMap((inner) => this.withInner(inner))];
  }

  /**
   * Whether a step, one within it, or one of a workflow that it names runs a command. @param named A workflow to look into; undefined: it need not be, for instance
   * because that has been done. @throws MultiagentError `step.unknown_kind`.
   */
  startsProgram(step: WorkflowStep, named: (workflow: string) => Pick<WorkflowDefinition, 'steps'> | undefined): boolean {
    return this.withInner(step).some((inner) => {
      const needs = this.needsOf(inner);
      if (!needs.model && needs.sandbox === true) return true;
      const nested = this.nestedOf(inner);
      return nested !== undefined && named(nested)?.steps.some((other) => this.startsProgram(other, named)) === true;
    });
  }

  /** What is known, before anything runs, of each kind that a workflow may have. */
  get declarations(): StepKindDeclarations {
    return new Map([...this.#kinds].filter(([, { joinsRunsOnly }]) => joinsRunsOnly !== true));
  }
}

import { BaseAgent, type BaseAgentOptions } from './base-agent.ts';
import type { RolePreferences } from './instruction-text.ts';
import type { Assignment } from './plans/assignment.ts';
import { assignmentsForChoice, planAssignments, type PlanAssignmentsOptions } from './plans/plan-assignments.ts';
import type { RunMaterial } from './plans/run-material.ts';
import type { InstructionStyle } from './task-session.ts';
import { isQuestion } from './is-question.ts';
import type { Task } from './task.ts';
import type { TeamInstructions } from './team-instructions.ts';

export interface RoleAgentOptions extends BaseAgentOptions {
  instructions: TeamInstructions;
  /** Languages, frameworks, formats and other things that the role's instructions leave open. */
  settings: RolePreferences;
}

/** An agent that plays a role of the catalogue. It works by the written instructions for its role and for the type of task. */
export class RoleAgent extends BaseAgent {
  readonly #role: string;
  readonly #instructions: TeamInstructions;
  readonly #settings: RolePreferences;

  constructor({ instructions, settings, ...options }: RoleAgentOptions) {
    super(options);
    this.#role = options.role;
    this.#instructions = instructions;
    this.#settings = settings;
  }

  override getSystemPrompt(style: InstructionStyle = { length: 'full', layout: 'transcript' }): string {
    const role = this.#instructions.roleSection({ role: this.#role, length: style.length, settings: this.#settings });
    if (style.layout !== 'per_role') return role;
    return [this.#instructions.preamble(style.length, style.tests), `You act as the ${this.title}.`, role]
      .filter((section) => section !== '')
      .join('\n\n');
  }

  override plan(task: Task, material: RunMaterial, { length }: InstructionStyle): Assignment[] | undefined {
    const planned = length === 'plain' ? planAssignments({ task, material, words: this.#words(task) }) : undefined;
    return planned && askedBeside(task, planned);
  }

  override planChosen(task: Task, material: RunMaterial, chosen: readonly string[]): Assignment[] {
    return askedBeside(task, assignmentsForChoice({ task, material, chosen, words: this.#words(task) }));
  }

  /** What the requirement names, it also describes. Then the general words for a file suffice, whichever step writes it. */
  #words({ taskType, description, expects }: Task): PlanAssignmentsOptions['words'] {
    const of = { role: this.#role, expects: shapeOfWords(expects, description), length: 'plain' as const, settings: this.#settings };
    return (places, origin) =>
      this.#instructions.taskSection(
        origin === 'named' ? { ...of, taskType: '', description: '', places } : { ...of, taskType, description, places },
      );
  }

  protected override taskSection({ taskType, description, expects, schema }: Task, { length, tests }: InstructionStyle): string {
    const shape = length === 'plain' ? shapeOfWords(expects, description) : expects;
    const of = { taskType, role: this.#role, description, expects: shape, schema };
    return this.#instructions.taskSection({ ...of, length, tests, settings: this.#settings });
  }
}

/** What a step asks beside the instructions of the role stands in each message. */
function askedBeside({ instructions }: Task, assignments: Assignment[]): Assignment[] {
  if (instructions === undefined) return assignments;
  return assignments.map((assignment) =>
    assignment.kind === 'decided' ? assignment : { ...assignment, message: `${assignment.message}\n\n${instructions}` },
  );
}

/**
 * What a small model is asked for where it may give files or words: words where the message is a question, else whole files. Told of both, one of 1.5B wrote pieces of
 * files in three of three replies (docs/evaluation.md).
 */
function shapeOfWords(expects: Task['expects'], description: string): Task['expects'] {
  return expects === 'either' && !isQuestion(description) ? 'files' : expects;
}

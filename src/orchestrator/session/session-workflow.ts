import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import { printable, shorten } from '../../utils/printable.ts';
import { usualTools, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { Workflow } from '../workflow.ts';

/** The workflow of a turn. It exists only in the journal; what makes a run one of a session is its context. */
const sessionWorkflow = 'session';
/** The type of task of each of its steps. */
export const turnTaskType = 'turn';
/** That of a step that writes what stands for the turns before it. */
export const digestTaskType = 'digest';

/** One message of a person to an agent that works with them. */
export interface TurnToTake {
  message: string;
  /** Who answers. Default: the role that implements features, the developer. */
  role?: string | undefined;
  /** Tools that it may call beside the usual ones: those of others, and the program's for special fields. Default: none. */
  tools?: readonly string[] | undefined;
  /** Facts to keep in mind, of a session that begins. Default: none. */
  pins?: readonly string[] | undefined;
}

/** What a session keeps with each of its runs. */
export interface SessionContext extends Record<string, unknown> {
  /** The id of the run that it began with. */
  session: string;
  /** Facts that the person had pinned when the run began. Absent: none. */
  pins?: readonly string[];
  /** On whose behalf the run is a digest: `program`, where there was hardly room for more. Absent: it is a turn. */
  digest?: DigestAskedBy;
}

/** Who wanted a digest: `person`, or `program` where there was hardly room for more. */
export type DigestAskedBy = 'person' | 'program';

/** How often the agent may call tools before it has to reply. */
const mostCalls = 25;
const longestTitle = 200;

/** The first turn of a session, as a run with this id. */
export function firstTurn(turn: TurnToTake, { run, roles }: { run: string; roles: Pick<RoleCatalogue, 'whoDoes' | 'toolsOf'> }): Workflow {
  const step = turnStep(1, turn, roles, []);
  const { pins = [] } = turn;
  const context: SessionContext = { session: run, ...(pins.length === 0 ? {} : { pins }) };
  return { definition: sessionDefinition(turn, [step]), requirement: '', files: [], context };
}

/** The definition of a run of a session; its description is the newest message. */
export function sessionDefinition({ message }: Pick<TurnToTake, 'message'>, steps: WorkflowStep[]): Workflow['definition'] {
  return { name: sessionWorkflow, title: 'Session', description: shorten(firstLine(message), longestTitle), inputs: {}, steps };
}

/** @param after The ids of the earlier turns. */
export function turnStep(
  number: number,
  { message, role, tools = [] }: TurnToTake,
  roles: Pick<RoleCatalogue, 'whoDoes' | 'toolsOf'>,
  after: readonly string[],
): WorkflowStep {
  const who = whoAnswers(roles, role);
  return {
    id: `turn_${number}`,
    kind: 'agent',
    role: who,
    task_type: turnTaskType,
    description: printable(message).trim(),
    depends_on: [...after],
    expects: 'either',
    priority: 1,
    tools: [...new Set([...usualTools, ...roles.toolsOf(who), ...tools])],
    max_iterations: mostCalls,
  };
}

export function whoAnswers(roles: Pick<RoleCatalogue, 'whoDoes'>, role: string | undefined): string {
  return role ?? roles.whoDoes('implementation')?.id ?? 'developer';
}

function firstLine(text: string): string {
  return printable(text).trim().split('\n', 1)[0]?.trim() ?? '';
}

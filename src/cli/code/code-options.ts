import { runStream } from '../../events/run-stream.ts';
import { findRun } from '../../operations/find-run.ts';
import { findSession, headOfSession, runOfTurn, sessionOf } from '../../operations/sessions.ts';
import type { Workspace } from '../../operations/workspace.ts';
import type { NextTurn } from '../../orchestrator/run/next-turn.ts';
import { foldRun } from '../../state/run/run-state.ts';
import type { ToolRisk } from '../../tools/tool.ts';
import type { RunOptions } from '../run-options.ts';
import { usageError } from '../usage-error.ts';

/** The options of `multiagent code`. */
export interface CodeOptions extends RunOptions {
  /** The message of the only turn; `-`: it is read from standard input. */
  prompt?: string | undefined;
  /** Go on with the newest session. */
  continue?: boolean | undefined;
  /** Go on with this one. */
  session?: string | undefined;
  /** `<session>[:turn]`: a new session on top of what was said until then. */
  fork?: string | undefined;
  /** A new session on top of any run. */
  run?: string | undefined;
  /** Take the newest turn back. */
  undo?: boolean | undefined;
  /** List the sessions. */
  list?: boolean | undefined;
  /** What need not be asked for: `read`, `write`, `execute`, `network`. */
  yesTo?: string | undefined;
  role?: string | undefined;
}

const risks = ['read', 'write', 'execute', 'network'] as const satisfies ToolRisk[];
export type AllowedRisk = (typeof risks)[number];

/** What `--yes-to` allows. @throws MultiagentError `usage`. */
export function allowedRisks({ yesTo = '' }: Pick<CodeOptions, 'yesTo'>): ReadonlySet<AllowedRisk> {
  const words = yesTo
    .split(/[\s,]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const wrong = words.find((word) => !risks.some((risk) => risk === word));
  if (wrong !== undefined)
    throw usageError(`--yes-to takes ${risks.join(', ')}; it was given "${wrong}".`, 'For example: --yes-to write,execute');
  return new Set(risks.filter((risk) => words.includes(risk)));
}

/** What a session goes on from. Undefined: it begins. */
export interface GoesOnFrom {
  run: string;
  session: NextTurn['session'];
}

/** @throws MultiagentError `usage`; what the lookups throw. */
export async function goesOnFrom(workspace: Workspace, options: CodeOptions): Promise<GoesOnFrom | undefined> {
  const { continue: given, session, fork, run, undo } = options;
  const newest = given === true || (undo === true && session === undefined);
  const ways = [newest, session !== undefined, fork !== undefined, run !== undefined].filter(Boolean).length;
  if (ways > 1) throw usageError('--continue, --session, --fork and --run exclude each other.', 'Give one of them.');
  if (newest || session !== undefined) {
    return { run: await headOfSession(workspace, await findSession(workspace, session)), session: 'same' };
  }
  if (fork !== undefined) return { run: await forkOf(workspace, fork), session: 'new' };
  if (run === undefined) return undefined;
  const found = await findRun(workspace, run);
  const state = await foldRun(workspace.store.read(runStream(found)));
  return { run: found, session: sessionOf(state) === undefined ? 'new' : 'same' };
}

async function forkOf(workspace: Workspace, reference: string): Promise<string> {
  const [, name = '', turn] = /^(.*?)(?::(\d{1,6}))?$/.exec(reference.trim()) ?? [];
  const session = await findSession(workspace, name === '' ? undefined : name);
  return turn === undefined ? headOfSession(workspace, session) : runOfTurn(workspace, session, Number(turn));
}

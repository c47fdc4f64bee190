import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { FollowRunOptions } from '../orchestrator/execute-options.ts';
import type { NextTurn } from '../orchestrator/run/next-turn.ts';
import { firstTurn, type TurnToTake } from '../orchestrator/session/session-workflow.ts';
import type { Workflow } from '../orchestrator/workflow.ts';
import { createRunId } from '../utils/run-id.ts';
import { type FollowUpOptions, followUp } from './follow-up.ts';
import { type StartedRun, startRun } from './start-run.ts';

/** The first message of a session. */
export interface FirstTurn extends TurnToTake {
  /** What is read of the project in the workspace, and files that are shown whole. */
  given?: Pick<Workflow, 'files' | 'project'> | undefined;
}

/**
 * Begins a session: a person writes a message, and an agent answers, with words or with files. The id of the run is that of the session.
 * @example
 * const { result } = beginSession(orchestrator, { message: 'What does this project do?', role: 'docs' });
 * console.log((await result).status); // completed
 */
export function beginSession(
  orchestrator: AgentOrchestrator,
  { given = { files: [], project: 'auto' }, ...turn }: FirstTurn,
  options: FollowRunOptions = {},
): StartedRun {
  const run = createRunId(orchestrator.clock.now());
  return startRun(orchestrator, { ...firstTurn(turn, { run, roles: orchestrator.roles }), ...given }, { ...options, run });
}

/**
 * The next message, on top of any run that nobody works on: of its session, or in a session of its own. The model reads only what is new.
 * @throws MultiagentError `run.not_found`, `run.foreign`; LeaseHeldError while another process works on the run. Later errors reject `result`.
 * @example
 * const first = beginSession(orchestrator, { message: 'What does this project do?' });
 * await first.result;
 * const { result } = await takeTurn(orchestrator, first.id, { message: 'And for whom?', session: 'same' });
 * console.log((await result).status); // completed
 */
export function takeTurn(orchestrator: AgentOrchestrator, run: string, turn: NextTurn, options: FollowUpOptions = {}): Promise<StartedRun> {
  return followUp(orchestrator, run, { type: 'turn', ...turn }, options);
}

import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import { charactersOfTurns } from '../orchestrator/session/needs-digest.ts';
import type { DigestAskedBy } from '../orchestrator/session/session-workflow.ts';
import { shownOfSession } from '../orchestrator/session/shown-of-session.ts';
import { replyOfTurn } from '../state/run/turn-of.ts';
import { type FollowUpOptions, followUp } from './follow-up.ts';
import { turnOfRun } from './sessions.ts';
import { undoAlone } from './undo-turn.ts';
import type { Workspace } from './workspace.ts';

/** What came of shortening a session. */
export type ShortenedSession =
  | {
      kind: 'shortened';
      /** The run that the session goes on from. */
      run: string;
      /** What the model wrote. */
      digest: string;
      /** Of what is told of the turns, in characters. */
      before: number;
      after: number;
      /** `poor`: it says so little that only the newest words, which stand beside it, are still known. */
      quality: 'sound' | 'poor';
    }
  /** It goes on from where it was. `why`: a sentence. */
  | { kind: 'kept'; why: string };

export interface ShortenSessionOptions extends FollowUpOptions {
  /** `program`: nobody asked for it, so that `undoTurn` takes it back together with the turn before it. Default: `person`. */
  askedBy?: DigestAskedBy | undefined;
}

/** A digest with fewer words says nothing of a conversation. */
const fewestWords = 20;

/**
 * Has the model write what stands, from the next turn on, for all that was said in a session: a run of one step, whose reply is recorded like every other. What was said
 * stays in the journal, and `undoTurn` on that run has it told whole again. A digest that is no shorter is not used.
 * @throws MultiagentError `session.nothing_to_shorten`, `run.not_found`, `run.foreign`; LeaseHeldError while another process works on the run; what keeps it from beginning.
 * @example
 * const turn = beginSession(orchestrator, { message: 'What does this project do?' });
 * await turn.result;
 * const shortened = await shortenSession(orchestrator, turn.id);
 * console.log(shortened.kind === 'shortened' ? shortened.digest : shortened.why);
 */
export async function shortenSession(
  orchestrator: AgentOrchestrator,
  run: string,
  { askedBy = 'person', ...options }: ShortenSessionOptions = {},
): Promise<ShortenedSession> {
  const { id, result: pending } = await followUp(orchestrator, run, { type: 'digest', askedBy }, options);
  const result = await pending;
  const state = await orchestrator.loadRun(id);
  const task = turnOfRun(state)?.task;
  const digest = (task?.turn && replyOfTurn(task.turn, state)?.text.trim()) ?? '';
  const covered = [...state.tasks.values()].filter((other) => other !== task && other.status === 'completed');
  const before = charactersOfTurns(state, shownOfSession(covered) ?? covered);
  const after = task === undefined ? 0 : charactersOfTurns(state, [task]);
  if (result.status === 'completed' && after < before) {
    const quality = digest.split(/\s+/).length < fewestWords ? 'poor' : 'sound';
    return { kind: 'shortened', run: id, digest, before, after, quality };
  }
  if (task !== undefined) await undoAlone(placeOf(orchestrator), state, { trust: options.trust });
  if (result.status === 'completed') return { kind: 'kept', why: 'What the model wrote is no shorter than what was said.' };
  const why = task?.error?.message ?? result.error ?? `The digest was not written: ${result.status}.`;
  return { kind: 'kept', why };
}

function placeOf({ workspace, outputFolder, ownRuns, clock, store, settings }: AgentOrchestrator): Workspace {
  return { workspace, outputFolder, ownRuns, clock, store, settings };
}

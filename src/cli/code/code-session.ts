import { type ApplyPreview, applyRun, previewApply } from '../../operations/apply-run.ts';
import { resumeRun } from '../../operations/follow-up.ts';
import { type StartedRun, startRun } from '../../operations/start-run.ts';
import { findSession, headOfSession, runOfTurn, sessionOf, type SessionTurn, turnOfRun } from '../../operations/sessions.ts';
import { beginSession, takeTurn, type FirstTurn } from '../../operations/take-turn.ts';
import { pinFacts, requirePins } from '../../operations/pin-facts.ts';
import { shortenSession, type ShortenedSession, type ShortenSessionOptions } from '../../operations/shorten-session.ts';
import { type TurnTakenBack, undoTurn } from '../../operations/undo-turn.ts';
import { needsDigest } from '../../orchestrator/session/needs-digest.ts';
import { pinsOf } from '../../orchestrator/session/pins-of.ts';
import type { Workspace } from '../../operations/workspace.ts';
import type { AgentOrchestrator } from '../../orchestrator/agent-orchestrator.ts';
import type { FollowRunOptions } from '../../orchestrator/execute-options.ts';
import type { WorkflowResult } from '../../orchestrator/results/run-result.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { usageOfRun } from '../../state/run/usage-of-run.ts';
import { sumUsage } from '../../events/sum-usage.ts';
import type { Usage } from '../../events/usage.ts';
import { replyOfTurn } from '../../state/run/turn-of.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { GoesOnFrom } from './code-options.ts';
import { discussionOf } from './discussion-of.ts';
import { wordsOfReply } from './words-of-reply.ts';

export interface CodeSessionOptions extends Pick<FollowRunOptions, 'overrides'> {
  orchestrator: AgentOrchestrator;
  /** Undefined: the session begins with the first message. */
  from: GoesOnFrom | undefined;
  given: FirstTurn['given'];
  role: string | undefined;
  /** Tools of others that the agent may call, beside the program's own. */
  tools: readonly string[];
  /** Whether a call may be made without asking, and who is asked about the others. */
  calls: NonNullable<FollowRunOptions['calls']>;
  /** Whether sessions that were not begun here may be gone on with. */
  trust: boolean;
}

/** What a turn came to. */
export interface TakenTurn {
  result: WorkflowResult;
  state: RunState;
  turn: SessionTurn | undefined;
  /** The whole reply; empty where there was none. */
  reply: string;
  /** The reply without the content of its files. */
  words: string;
}

/** A session at work: takes one turn after the other, and brings what they wrote into the project where a person allows it. */
export class CodeSession {
  readonly #options: CodeSessionOptions;
  #from: GoesOnFrom | undefined;
  #model: string | undefined;
  #name: string | undefined;
  /** Before the first turn. */
  #pins: string[] = [];

  constructor(options: CodeSessionOptions) {
    this.#options = options;
    this.#from = options.from;
  }

  /** A turn that was cut off is finished first. @throws what keeps a run from beginning. */
  async finishLast(signal: AbortSignal): Promise<TakenTurn | undefined> {
    const from = this.#from;
    if (from === undefined || from.session !== 'same') return undefined;
    const { status } = await this.#options.orchestrator.loadRun(from.run);
    if (status !== 'interrupted' && status !== 'running') return undefined;
    const { orchestrator, trust, calls } = this.#options;
    const overrides = this.#overrides;
    return this.#done(await resumeRun(orchestrator, from.run, { signal, trust, calls, overrides }));
  }

  /** What is told of the session before the next turn, where it would hardly fit, becomes a digest. Undefined: it fits. @throws what `shorten` throws. */
  async shortenWhereFull(signal: AbortSignal): Promise<ShortenedSession | undefined> {
    if (this.#from === undefined) return undefined;
    return needsDigest(await this.#options.orchestrator.loadRun(this.#from.run)) ? this.shorten(signal, 'program') : undefined;
  }

  /** Has the model write what stands for all that was said. @throws what `shortenSession` throws. */
  async shorten(signal: AbortSignal, askedBy: ShortenSessionOptions['askedBy'] = 'person'): Promise<ShortenedSession> {
    const from = this.#from;
    if (from === undefined || from.session === 'new')
      throw new MultiagentError({
        category: 'usage',
        code: 'session.nothing_to_shorten',
        message: 'There is nothing to shorten: nothing was said in this session yet.',
      });
    const { orchestrator, trust } = this.#options;
    const shortened = await shortenSession(orchestrator, from.run, { signal, trust, overrides: this.#overrides, askedBy });
    if (shortened.kind === 'shortened') this.#from = { run: shortened.run, session: 'same' };
    return shortened;
  }

  /** What the person wants to be kept in mind. */
  async pins(): Promise<string[]> {
    return this.#from === undefined ? [...this.#pins] : pinsOf(await this.#options.orchestrator.loadRun(this.#from.run));
  }

  /** All of it anew. @throws what `pinFacts` throws. */
  async pin(facts: readonly string[]): Promise<void> {
    if (this.#from === undefined) this.#pins = requirePins(facts);
    else await pinFacts(this.#workspace, this.#from.run, facts, { trust: this.#options.trust });
  }

  /** The next message. @throws what keeps a run from beginning. */
  async take(message: string, signal: AbortSignal): Promise<TakenTurn> {
    const { orchestrator, given, role, tools, calls, trust } = this.#options;
    const overrides = this.#overrides;
    const from = this.#from;
    const how = { signal, calls };
    const started =
      from === undefined
        ? beginSession(orchestrator, { message, role, tools, given, pins: this.#pins }, how)
        : await takeTurn(orchestrator, from.run, { message, role, tools, session: from.session }, { ...how, trust, overrides });
    return this.#done(started);
  }

  async #done({ id, result: pending }: StartedRun): Promise<TakenTurn> {
    const result = await pending;
    const state = await this.#options.orchestrator.loadRun(id);
    this.#from = { run: id, session: 'same' };
    this.#name = sessionOf(state);
    const turn = turnOfRun(state);
    const reply = (turn?.task.turn && replyOfTurn(turn.task.turn, state)?.text) ?? '';
    const files = state.artifacts.filter(({ task, undone }) => task === turn?.task.task && undone === undefined);
    return { result, state, turn, reply, words: wordsOfReply(reply, files) };
  }

  /** What stands in the session and not in the project. Undefined: nothing was said yet. */
  async proposals(): Promise<ApplyPreview | undefined> {
    return this.#from === undefined ? undefined : previewApply(this.#workspace, this.#from.run);
  }

  /** Writes what was shown into the project. @throws what `applyRun` throws. */
  async apply(preview: ApplyPreview): Promise<void> {
    await applyRun(this.#workspace, preview, { trust: this.#options.trust });
  }

  /** Takes the newest turn back, and done again the one before it: its files, in the session and in the project, and what was said in it. @throws what `undoTurn` throws. */
  async undo(): Promise<Omit<TurnTakenBack, 'run'>> {
    if (this.#from === undefined || this.#from.session === 'new') throw noTurnYet();
    const { run, ...undone } = await undoTurn(this.#workspace, this.#from.run, { trust: this.#options.trust });
    this.#from = { run, session: 'same' };
    return undone;
  }

  /** Lets a workflow work on what was said; what is said next builds on its run. @throws what keeps a run from beginning. */
  async team(workflow: string, signal: AbortSignal): Promise<WorkflowResult> {
    const { orchestrator, given } = this.#options;
    const state = this.#from && (await orchestrator.loadRun(this.#from.run));
    const requirement = state === undefined ? '' : discussionOf(state);
    const session = state && sessionOf(state);
    const context = session === undefined ? {} : { session };
    const { id, result } = startRun(orchestrator, { workflow, requirement, context, ...given }, { signal });
    const ended = await result;
    this.#from = { run: id, session: 'same' };
    return ended;
  }

  /** Begins a session of its own with the next message. @param turn As it was after it; undefined: after the newest. @throws MultiagentError `session.none`, `session.no_turn`. */
  async fork(turn: number | undefined): Promise<void> {
    const found = await findSession(this.#workspace, this.#from?.run);
    const newest = async () => this.#from?.run ?? (await headOfSession(this.#workspace, found));
    this.#from = { run: turn === undefined ? await newest() : await runOfTurn(this.#workspace, found, turn), session: 'new' };
  }

  /** From the next turn on. */
  useModel(name: string): void {
    this.#model = name;
  }

  /** Tokens of all turns of the session. */
  async usage(): Promise<Usage> {
    if (this.#from === undefined) return { readTokens: 0, cachedTokens: 0, replyTokens: 0 };
    const { runs } = await findSession(this.#workspace, this.#from.run);
    const states = await Promise.all(runs.map((run) => this.#options.orchestrator.loadRun(run)));
    return states.map(usageOfRun).reduce<Usage>(sumUsage, {});
  }

  /** Its id. Undefined: nothing was said yet, or the next message begins one. */
  get name(): string | undefined {
    return this.#name;
  }

  get #overrides(): FollowRunOptions['overrides'] {
    return this.#model === undefined ? this.#options.overrides : { ...this.#options.overrides, llm_model: this.#model };
  }

  get #workspace(): Workspace {
    const { workspace, outputFolder, ownRuns, clock, store, settings } = this.#options.orchestrator;
    return { workspace, outputFolder, ownRuns, clock, store, settings };
  }
}

function noTurnYet(): MultiagentError {
  return new MultiagentError({ category: 'usage', code: 'undo.nothing', message: 'There is no turn to take back.' });
}

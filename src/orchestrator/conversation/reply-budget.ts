import type { ChatMessage, Sampling } from '../../llm/chat-model.ts';
import { withContinueTurn } from '../../llm/reply/continue-turn.ts';
import { textOfTools, type ToolDescription } from '../../llm/tool-description.ts';
import { ModelError } from '../../llm/model-error.ts';
import { mostTokens } from '../../llm/budget/most-tokens.ts';
import { makeRoom } from './make-room.ts';
import type { RoleModel, RunContext } from '../run-context.ts';
import type { TaskAssignment } from '../task-executor.ts';

export interface ReplyRoomOptions {
  run: RunContext;
  role: RoleModel;
  assignment: TaskAssignment;
  /** Tasks whose turns stand in the transcript. */
  turns: string[];
  /** The messages of a call when this much of the reply has arrived, in the epoch of now. */
  messagesFor: (text: string) => ChatMessage[];
  /** What the call offers. */
  tools: readonly ToolDescription[] | undefined;
  /** Arguments of the chat template. */
  chatTemplateKwargs?: Sampling['chatTemplateKwargs'];
  signal: AbortSignal;
}

/** If a prompt leaves less room than this, it is cut first, whatever was planned. */
const smallestReply = 256;

/** How long one reply may still get, worked out before each of its calls; cuts earlier replies if too little room is left. */
export class ReplyBudget {
  readonly #options: ReplyRoomOptions;
  readonly #planned: number | undefined;
  #newest: { text: string; epoch: number; cap: number } | undefined;
  #sent: ChatMessage[] | undefined;

  constructor(options: ReplyRoomOptions) {
    this.#options = options;
    this.#planned = options.run.journal.state.replyCaps[options.assignment.task];
  }

  /**
   * The most tokens of the next call. The server is asked what the prompt counts only where that could make a difference: not where as many tokens as the
   * prompt has bytes would leave room for all that was planned. Earlier replies are cut before a reply begins until what was planned for it has room, and while it is written only
   * where next to nothing is left. Undefined where neither the context nor a plan is known.
   * @throws ModelError `model.overflow` where cutting does not help.
   */
  async capFor(text: string): Promise<number | undefined> {
    const { run, role, tools } = this.#options;
    const context = role.contextTokens;
    if (context === undefined) return this.#planned;
    const known = this.#newest;
    if (known?.text === text && known.epoch === run.journal.state.epoch.number) return known.cap;
    const planned = this.#planned === undefined ? undefined : Math.max(smallestReply, this.#planned);
    const messages = this.#promptFor(text);
    if (planned !== undefined && (mostTokens(messages) ?? Infinity) + Buffer.byteLength(textOfTools(tools)) + planned <= context) {
      // A server that cannot count teaches the estimate with every reply, for when a prompt may be too long.
      this.#sent = role.model.capabilities.countsTokens ? undefined : messages;
      return planned;
    }
    const wanted = text === '' ? Math.max(smallestReply, this.#planned ?? smallestReply) : smallestReply;
    for (;;) {
      const promptTokens = await this.#count(text);
      const left = context - promptTokens;
      if (left < wanted && (await this.cut(wanted - left))) continue;
      if (left < smallestReply) throw text === '' ? doesNotFit(promptTokens, context) : isFull(promptTokens, context);
      const cap = Math.min(left, Math.max(smallestReply, this.#planned ?? left));
      this.#newest = { text, epoch: run.journal.state.epoch.number, cap };
      return cap;
    }
  }

  /** Cuts after the server refused: by the count it reported, or else enough for a whole reply. @returns false when nothing is left to cut. */
  async cutAfter({ overflow }: ModelError): Promise<boolean> {
    const { promptTokens, contextTokens } = overflow ?? {};
    const reply = this.#planned ?? smallestReply;
    return this.cut(promptTokens === undefined || contextTokens === undefined ? reply : Math.max(1, promptTokens - contextTokens + reply));
  }

  async cut(excessTokens: number): Promise<boolean> {
    const { run, role, assignment, turns } = this.#options;
    const tokensOf = (text: string) => role.estimate.ofText(text);
    const { contentOf } = run;
    const cut = await makeRoom({ state: run.journal.state, task: assignment.task, turns, excessTokens, tokensOf, contentOf });
    if (cut === undefined) return false;
    await assignment.record([cut]);
    run.logger.warn(cut.data.reason, { cut: cut.data.cuts.map(({ task }) => task) });
    return true;
  }

  /** The server's count for the prompt of the newest call; it corrects the estimate if there was no count beforehand. */
  learn(promptTokens: number | undefined): void {
    if (this.#sent !== undefined && promptTokens !== undefined) this.#options.role.estimate.learn(this.#sent, promptTokens);
  }

  async #count(text: string): Promise<number> {
    const { role, chatTemplateKwargs, tools, signal } = this.#options;
    const messages = this.#promptFor(text);
    const counted = await role.model.countTokens(messages, { chatTemplateKwargs, tools, signal });
    this.#sent = counted === undefined ? messages : undefined;
    return counted ?? role.estimate.ofMessages(messages) + role.estimate.ofText(textOfTools(tools));
  }

  #promptFor(text: string): ChatMessage[] {
    const { role, messagesFor } = this.#options;
    const asked = messagesFor(text);
    return text === '' || role.model.capabilities.continuesReplies ? asked : withContinueTurn(asked);
  }
}

const largerContext = 'Start the model server with a larger context (llama-server -c';

function doesNotFit(promptTokens: number, contextTokens: number): ModelError {
  return new ModelError({
    kind: 'overflow',
    code: 'model.overflow',
    message: `The requirement and what this step needs take ${promptTokens} tokens, and the model's context has ${contextTokens} for them and the reply.`,
    hint: `${largerContext} ${roundUp(promptTokens * 2)} or more; LLAMA_CTX_SIZE for the start script), shorten the requirement, or give fewer --file.`,
    overflow: { promptTokens, contextTokens },
  });
}

function isFull(promptTokens: number, contextTokens: number): ModelError {
  return new ModelError({
    kind: 'overflow',
    code: 'model.overflow',
    message: `The reply so far and what stands before it take ${promptTokens} tokens, and the model's context has ${contextTokens}, so the reply cannot be finished. What arrived is kept.`,
    hint: `${largerContext} ${roundUp(contextTokens * 2)} or more; LLAMA_CTX_SIZE for the start script), or ask for less in the requirement.`,
    overflow: { promptTokens, contextTokens },
  });
}

/** Rounded the way contexts are usually given. */
function roundUp(tokens: number): number {
  return Math.ceil(tokens / 4096) * 4096;
}

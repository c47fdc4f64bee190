import type { PromptLayout } from '../llm/profile/prompt-layout.ts';
import type { InstructionLength } from './instruction-text.ts';

/** How instructions are put: small models lose the thread in long ones. */
export interface InstructionStyle {
  /** `plain`: one sentence about the thing to be delivered, with the names taken from the requirement; measured to serve models of up to about 3B best. */
  length: InstructionLength;
  layout: PromptLayout;
}

/** What a model answered. */
export interface AgentReply {
  /** The whole reply, byte for byte. */
  text: string;
  /** `stop`: the model ended by itself. `length`: a cap that a person or the model's profile set has cut it. */
  finishReason: string;
}

/** What goes with a message to the model. */
export interface AskOptions {
  /** Files that are shown with the message. */
  files?: { path: string; content: string }[] | undefined;
  /** Gives up after this long; absent: no limit. */
  timeoutMilliseconds?: number | undefined;
  /** `nothing`: the message stands alone, without earlier exchanges of the task, as a new try does. Default: these stand before it. */
  before?: 'own_exchanges' | 'nothing' | undefined;
  /** What is sampled otherwise than the settings say. */
  sampling?: { temperature?: number; seed?: number } | undefined;
  /** The beginning of the reply, where it is given; the reply that comes back has it. For models that continue a reply. */
  begins?: string | undefined;
  /** How long the reply is planned to be, in tokens, where that is less than what the task has. A text may be continued past it once, a file while it is open. */
  plannedTokens?: number | undefined;
  /** What the reply is: prose, or files. Default: what the task expects. */
  holds?: 'text' | 'files' | undefined;
  /** How often a reply that repeats itself goes on otherwise after it was cut back. Default 2. */
  mostCuts?: number | undefined;
  /** Texts at which the reply ends, beside those of the settings. */
  stop?: string[] | undefined;
}

/** What an agent gets for one task: the way to the model. Every exchange is kept in the run's journal. */
export interface TaskSession {
  readonly style: InstructionStyle;
  /** Aborted when the run or this task is stopped. */
  readonly signal: AbortSignal;
  /**
   * Puts a message at the end of the conversation and waits for the whole reply. What earlier steps contributed stands before it.
   * @throws ModelError, after retries and continuation; what had arrived is kept.
   */
  ask(message: string, options?: AskOptions): Promise<AgentReply>;
}

import type { NativeCall } from '../events/native-call.ts';
import type { PromptLayout } from '../llm/profile/prompt-layout.ts';
import type { InstructionLength, TestsInRun } from './instruction-text.ts';

/** The style of instructions: small models lose the thread in long ones. */
export interface InstructionStyle {
  /** `plain`: one sentence about what to deliver, with the names from the requirement; measured as best for models of up to about 3B. */
  length: InstructionLength;
  layout: PromptLayout;
  /** Whether tests are run in this run, and the instructions say so. Absent: they are only written. */
  tests?: TestsInRun | undefined;
}

/** What a model answered. */
export interface AgentReply {
  /** The whole reply, byte for byte. */
  text: string;
  /** `stop`: the model ended on its own. `length`: it reached a cap set by a person or by the model's profile. */
  finishReason: string;
  /** What it calls natively, in order. Absent: nothing. */
  called?: readonly NativeCall[] | undefined;
}

/** Options of a message to the model. */
export interface AskOptions {
  /** Files to show with the message. */
  files?: { path: string; content: string }[] | undefined;
  /** Gives up after this time. Absent: no limit. */
  timeoutMilliseconds?: number | undefined;
  /** `nothing`: the message is sent without earlier exchanges of the task, as in a new try. Default: with them. */
  before?: 'own_exchanges' | 'nothing' | undefined;
  /** Sampling that overrides the settings. */
  sampling?: { temperature?: number; seed?: number } | undefined;
  /** The given beginning of the reply; the reply that is returned includes it. For models that can continue a reply. */
  begins?: string | undefined;
  /** The planned length of the reply in tokens, if less than the task has. A text may be continued past it once, a file as long as it is open. */
  plannedTokens?: number | undefined;
  /** What the reply contains: prose or files. Default: what the task expects. */
  holds?: 'text' | 'files' | undefined;
  /** The JSON Schema that the reply is to meet. Not every server makes the model keep to it, so check the reply. */
  schema?: Record<string, unknown> | undefined;
  /** How often a reply that repeats itself is cut back and continued differently. Default: 2. */
  mostCuts?: number | undefined;
  /** Texts at which the reply ends, in addition to those in the settings. */
  stop?: string[] | undefined;
}

/** An agent's access to the model for one task. Every exchange is kept in the run's journal. */
export interface TaskSession {
  readonly style: InstructionStyle;
  /** Aborted when the run or this task is stopped. */
  readonly signal: AbortSignal;
  /**
   * Adds a message to the end of the conversation, after what earlier steps contributed, and waits for the whole reply.
   * @throws ModelError, after retries and continuation. What has arrived by then is kept.
   */
  ask(message: string, options?: AskOptions): Promise<AgentReply>;
}

/** How instructions are put: small models lose the thread in long ones. */
export interface InstructionStyle {
  length: 'full' | 'brief';
  /** `shared`: the role stands in the task's message. `per_role`: it is the system message. */
  layout: 'shared' | 'per_role';
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

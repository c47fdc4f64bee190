import type { AgentMessage, BaseAgent } from '../agents/base-agent.ts';

/** Carries messages between the agents of one team, in the order in which they were sent. */
export class MessageBus {
  readonly #agents: () => Iterable<BaseAgent>;
  readonly #listeners = new Set<(message: AgentMessage) => void | Promise<void>>();

  constructor(agents: () => Iterable<BaseAgent>) {
    this.#agents = agents;
  }

  /** Resolves when every addressee has received it and every listener has handled it. `toAgent: null`: everyone but the sender. */
  async send(message: AgentMessage): Promise<void> {
    for (const listener of this.#listeners) await listener(message);
    for (const agent of this.#agents()) {
      if (message.toAgent === null ? agent.id !== message.fromAgent : agent.id === message.toAgent) agent.receiveMessage(message);
    }
  }

  /** Adds a listener that gets every message before it is delivered, until the returned function is called. */
  listen(listener: (message: AgentMessage) => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

import type { AgentMessage, BaseAgent } from '../agents/base-agent.ts';

/**
 * Carries messages between the agents of one team, in the order in which they were sent.
 * @example
 * const { bus }: { bus: MessageBus } = orchestrator;
 * const stop = bus.listen(({ fromAgent, content }) => console.log(fromAgent, content.text)); // qa_001 Tests fail.
 * const content = { text: 'Tests fail.' };
 * await bus.send({ fromAgent: 'qa_001', toAgent: 'dev_001', messageType: 'note', content, timestamp: Date.now() });
 * stop();
 */
export class MessageBus {
  readonly #agents: () => Iterable<BaseAgent>;
  readonly #isAddressed: (agent: BaseAgent) => boolean;
  readonly #listeners = new Set<(message: AgentMessage) => void | Promise<void>>();

  /** @param isAddressed Whether an agent gets only what is sent to it by its id. Default: nobody. */
  constructor(agents: () => Iterable<BaseAgent>, isAddressed: (agent: BaseAgent) => boolean = () => false) {
    this.#agents = agents;
    this.#isAddressed = isAddressed;
  }

  /** Resolves when every addressee has received it and every listener has handled it. `toAgent: null`: every member of the team but the sender. */
  async send(message: AgentMessage): Promise<void> {
    for (const listener of this.#listeners) await listener(message);
    for (const agent of this.#agents()) {
      if (message.toAgent === null ? agent.id !== message.fromAgent && !this.#isAddressed(agent) : agent.id === message.toAgent)
        agent.receiveMessage(message);
    }
  }

  /** Adds a listener that gets every message before it is delivered, until the returned function is called. */
  listen(listener: (message: AgentMessage) => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What one agent says to another, or to all. */
export interface AgentMessage {
  fromAgent: string;
  /** An agent's id; null: everyone but the sender. */
  toAgent: string | null;
  /** For instance `hand_over`. */
  messageType: string;
  content: Record<string, unknown>;
  /** The run that it belongs to; absent: it was said outside of one, or by an agent that does not say in which. */
  run?: string | undefined;
  /** Milliseconds since 1970. */
  timestamp: number;
}

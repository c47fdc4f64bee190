/** What one agent says to another, or to all. */
export interface AgentMessage {
  fromAgent: string;
  /** An agent's id; null: everyone but the sender. */
  toAgent: string | null;
  /** For instance `hand_over`. */
  messageType: string;
  content: Record<string, unknown>;
  /** Milliseconds since 1970. */
  timestamp: number;
}

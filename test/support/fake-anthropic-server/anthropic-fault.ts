/** What goes wrong with one request for a reply. */
export type AnthropicFault =
  /** The connection is closed without an answer. */
  | { kind: 'refuse' }
  | { kind: 'status'; status: number; type?: string; message?: string; body?: string; contentType?: string; retryAfter?: number | string }
  | { kind: 'redirect'; to: string }
  /** A page with status 200. */
  | { kind: 'page'; contentType?: string }
  /** The connection breaks after so many events. */
  | { kind: 'cut'; afterEvents: number }
  | { kind: 'half_event'; afterEvents: number }
  /** An event of words, which is no JSON. */
  | { kind: 'garbage'; afterEvents: number; text: string }
  | { kind: 'error_event'; afterEvents: number; type: string; message: string }
  /** Pings come until the test opens the gate, before this event. */
  | { kind: 'pings'; afterEvents: number; everyMilliseconds: number }
  /** Nothing comes until the test opens the gate, before this event. */
  | { kind: 'silence'; afterEvents: number }
  /** The bytes arrive in pieces of this size. */
  | { kind: 'split_bytes'; size: number }
  /** A line without an end, of so many characters. */
  | { kind: 'huge_line'; characters: number }
  /** Events are left out by their type. */
  | { kind: 'without'; types: readonly string[] }
  /** The stream begins with the first text, and what should be before comes after it. */
  | { kind: 'wrong_order' }
  /** An event of a type that nobody knows stands before each other one. */
  | { kind: 'unknown_events' }
  /** The reply is one message and no stream. */
  | { kind: 'whole' };

/** A piece of a call as a server sends it. What is not known of it is undefined. */
export interface CallPiece {
  /** Which of the calls of a reply it belongs to. Some servers give every call the same number. */
  index?: number | undefined;
  id?: string | undefined;
  name?: string | undefined;
  arguments?: string | undefined;
}

/** The pieces of calls in a piece of a message of the chat protocol, whatever else it is. */
export function callPiecesOf(delta: unknown): CallPiece[] {
  if (typeof delta !== 'object' || delta === null) return [];
  const { tool_calls: calls, function_call: older } = delta as Record<string, unknown>;
  const pieces = Array.isArray(calls) ? (calls as unknown[]) : older === undefined || older === null ? [] : [{ function: older }];
  return pieces.flatMap((piece) => pieceOf(piece) ?? []);
}

function pieceOf(piece: unknown): CallPiece | undefined {
  if (typeof piece !== 'object' || piece === null) return undefined;
  const { index, id, function: called = piece } = piece as Record<string, unknown>;
  if (typeof called !== 'object' || called === null) return undefined;
  const { name, arguments: said } = called as Record<string, unknown>;
  return {
    index: typeof index === 'number' ? index : undefined,
    id: typeof id === 'string' ? id : undefined,
    name: typeof name === 'string' ? name : undefined,
    arguments: typeof said === 'string' ? said : typeof said === 'object' && said !== null ? JSON.stringify(said) : undefined,
  };
}

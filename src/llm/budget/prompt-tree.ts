/** A piece of a prompt. It is the same wherever its id follows the same beginning. */
export interface PromptSegment {
  id: string;
  tokens: number;
}

/** A beginning of prompts: its last segment, and what comes before that. */
export interface PromptNode {
  readonly parent: PromptNode | undefined;
  /** The number of segments. */
  readonly depth: number;
  /** The tokens of all segments up to here. */
  readonly tokens: number;
  readonly children: Map<string, PromptNode>;
}

/** The root: what precedes the first segment of every prompt. */
export function emptyPrompt(): PromptNode {
  return { parent: undefined, depth: 0, tokens: 0, children: new Map() };
}

/** A beginning with more segments. Prompts share what they have in common, so that many long ones need little memory and are quickly compared. */
export function followedBy(node: PromptNode, ...segments: readonly PromptSegment[]): PromptNode {
  let end = node;
  for (const { id, tokens } of segments) {
    const known = end.children.get(id) ?? { parent: end, depth: end.depth + 1, tokens: end.tokens + tokens, children: new Map() };
    end.children.set(id, known);
    end = known;
  }
  return end;
}

/** How many tokens two nodes of one tree have in common at their beginning. */
export function commonTokens(a: PromptNode, b: PromptNode): number {
  let [one, other]: [PromptNode | undefined, PromptNode | undefined] = [a, b];
  while (one !== other && one !== undefined && other !== undefined) {
    if (one.depth >= other.depth) one = one.parent;
    else other = other.parent;
  }
  return one?.tokens ?? 0;
}

/** A piece of a prompt that is the same wherever its id stands behind the same beginning. */
export interface PromptSegment {
  id: string;
  tokens: number;
}

/** A beginning of prompts: its last segment, and what stands before that. */
export interface PromptNode {
  readonly parent: PromptNode | undefined;
  /** How many segments. */
  readonly depth: number;
  /** Of all segments up to here. */
  readonly tokens: number;
  readonly children: Map<string, PromptNode>;
}

/** What is before the first segment of every prompt. */
export function emptyPrompt(): PromptNode {
  return { parent: undefined, depth: 0, tokens: 0, children: new Map() };
}

/** The same beginning, longer. Prompts that begin alike share what they begin with, so that many long ones take little room and are quickly compared. */
export function followedBy(node: PromptNode, ...segments: readonly PromptSegment[]): PromptNode {
  let end = node;
  for (const { id, tokens } of segments) {
    const known = end.children.get(id) ?? { parent: end, depth: end.depth + 1, tokens: end.tokens + tokens, children: new Map() };
    end.children.set(id, known);
    end = known;
  }
  return end;
}

/** How many tokens two of one tree begin with in common. */
export function commonTokens(a: PromptNode, b: PromptNode): number {
  let [one, other]: [PromptNode | undefined, PromptNode | undefined] = [a, b];
  while (one !== other && one !== undefined && other !== undefined) {
    if (one.depth >= other.depth) one = one.parent;
    else other = other.parent;
  }
  return one?.tokens ?? 0;
}

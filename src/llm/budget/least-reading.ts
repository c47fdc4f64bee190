import { commonTokens, type PromptNode } from './prompt-tree.ts';

/** One request, with the times at which it began and ended, in any unit. */
export interface ReadingRequest {
  prompt: PromptNode;
  /** The prompt and the reply, which the server holds after it. */
  replied: PromptNode;
  from: number;
  to: number;
}

/** The content of the slots: the number of the request that each served last. */
interface Arrangement {
  held: number[];
  /** For the newest request, and for those before it. */
  cost: number;
  before: Arrangement | undefined;
  total: number;
}

/** How many arrangements are followed at once. A workflow of some ten steps has fewer in all. */
const most = 256;

/**
 * The fewest prompt tokens that any choice of slots would have read, for each request. A slot holds one prompt with its reply and keeps the part that its next
 * prompt begins with. Nothing is copied between slots, and a slot serves one request at a time.
 * @param requests in the order in which they began.
 */
export function leastReading(requests: readonly ReadingRequest[], slots: number): number[] {
  let arrangements: Arrangement[] = [{ held: [], cost: 0, before: undefined, total: 0 }];
  for (const [index, request] of requests.entries()) {
    const best = new Map<string, Arrangement>();
    const known = new Map<number, number>();
    const foundIn = (place: number) => {
      const found = known.get(place) ?? commonTokens(requests[place]!.replied, request.prompt);
      known.set(place, found);
      return found;
    };
    for (const before of arrangements) {
      for (const place of placesFor(request, before.held, requests, slots)) {
        const cost = Math.max(1, request.prompt.tokens - (place === undefined ? 0 : foundIn(place)));
        const held = [...before.held.filter((number) => number !== place), index];
        const key = held.join();
        if (before.total + cost < (best.get(key)?.total ?? Infinity)) best.set(key, { held, cost, before, total: before.total + cost });
      }
    }
    arrangements = [...best.values()].toSorted((a, b) => a.total - b.total).slice(0, most);
  }
  const costs: number[] = [];
  for (let at = arrangements[0]; at?.before !== undefined; at = at.before) costs.push(at.cost);
  return costs.toReversed();
}

/**
 * The same if anything that was ever held can be copied into any slot. Only what is new in each prompt is read: prompts that began earlier, and replies that
 * had ended by then, are never read again.
 * @param requests in the order in which they began.
 */
export function leastReadingWithCopies(requests: readonly ReadingRequest[]): number[] {
  /** The time from which something is held. */
  const held = new Map<PromptNode, number>();
  return requests.map(({ prompt, replied, from, to }) => {
    let longest: PromptNode | undefined = prompt;
    while (longest !== undefined && !((held.get(longest) ?? Infinity) <= from)) longest = longest.parent;
    for (let node: PromptNode | undefined = prompt; node !== undefined && held.get(node) !== -Infinity; node = node.parent)
      held.set(node, -Infinity);
    held.set(replied, Math.min(to, held.get(replied) ?? Infinity));
    return Math.max(1, prompt.tokens - (longest?.tokens ?? 0));
  });
}

/** The slots that may take a request, by what they hold; undefined is an unused slot. */
function placesFor(request: ReadingRequest, held: number[], requests: readonly ReadingRequest[], slots: number): (number | undefined)[] {
  const free: (number | undefined)[] = held.filter((number) => (requests[number]?.to ?? 0) <= request.from);
  if (held.length < slots) free.push(undefined);
  // More requests at once than slots: this one has waited for whichever became free.
  return free.length > 0 ? free : held;
}

/** A piece of a prompt that is the same wherever its id stands. */
export interface PromptSegment {
  id: string;
  tokens: number;
}

/** One request, with the times at which it began and ended, in any unit. */
export interface ReadingRequest {
  prompt: PromptSegment[];
  /** What the server wrote and holds behind the prompt. */
  reply: PromptSegment;
  from: number;
  to: number;
}

/** What the slots hold: the number of the request that each served last. */
interface Arrangement {
  held: number[];
  costs: number[];
  total: number;
}

/** How many arrangements are followed at once. Fewer than this are all there is for any workflow of some ten steps. */
const most = 256;

/**
 * The fewest prompt tokens that any choice of slots would have read, for each request. A slot holds one prompt with its reply and keeps what the next
 * prompt in it begins with; nothing is copied between slots, and a slot serves one request at a time.
 * @param requests in the order in which they began.
 */
export function leastReading(requests: readonly ReadingRequest[], slots: number): number[] {
  let arrangements: Arrangement[] = [{ held: [], costs: [], total: 0 }];
  for (const [index, request] of requests.entries()) {
    const best = new Map<string, Arrangement>();
    for (const { held, costs, total } of arrangements) {
      for (const place of placesFor(request, held, requests, slots)) {
        const other = place === undefined ? undefined : requests[place];
        const cost = tokensOf(request.prompt) - (other === undefined ? 0 : commonTokens([...other.prompt, other.reply], request.prompt));
        const next = {
          held: [...held.filter((number) => number !== place), index],
          costs: [...costs, Math.max(1, cost)],
          total: total + Math.max(1, cost),
        };
        const key = next.held.join();
        if (next.total < (best.get(key)?.total ?? Infinity)) best.set(key, next);
      }
    }
    arrangements = [...best.values()].toSorted((a, b) => a.total - b.total).slice(0, most);
  }
  return arrangements[0]?.costs ?? [];
}

/**
 * The same where whatever was ever held can be copied into any slot: of each prompt what is new, since what began earlier, and replies that had ended by
 * then, are never read again.
 * @param requests in the order in which they began.
 */
export function leastReadingWithCopies(requests: readonly ReadingRequest[]): number[] {
  return requests.map(({ prompt, from }, index) => {
    const held = requests.slice(0, index).map((other) => (other.to <= from ? [...other.prompt, other.reply] : other.prompt));
    return Math.max(1, tokensOf(prompt) - Math.max(0, ...held.map((segments) => commonTokens(segments, prompt))));
  });
}

/** The slots that may take a request, by what they hold; undefined stands for an unused one. */
function placesFor(request: ReadingRequest, held: number[], requests: readonly ReadingRequest[], slots: number): (number | undefined)[] {
  const free: (number | undefined)[] = held.filter((number) => (requests[number]?.to ?? 0) <= request.from);
  if (held.length < slots) free.push(undefined);
  // More at once than there are slots: the request has waited for whichever came free.
  return free.length > 0 ? free : held;
}

function commonTokens(held: readonly PromptSegment[], prompt: readonly PromptSegment[]): number {
  let tokens = 0;
  for (const [index, segment] of prompt.entries()) {
    if (held[index]?.id !== segment.id) break;
    tokens += segment.tokens;
  }
  return tokens;
}

function tokensOf(segments: readonly PromptSegment[]): number {
  return segments.reduce((sum, { tokens }) => sum + tokens, 0);
}

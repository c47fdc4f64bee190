import { showsTurns, type PromptLayout } from '../profile/prompt-layout.ts';
import { leastReading, leastReadingWithCopies } from './least-reading.ts';
import { emptyPrompt, followedBy, type PromptNode, type PromptSegment } from './prompt-tree.ts';

/** A message and its reply, in tokens, with the times at which it began and ended, in any unit. */
export interface GraphExchange {
  messageTokens: number;
  /** The pieces of the message, if others may begin with the same ones. Their tokens add up to `messageTokens`. */
  pieces?: PromptSegment[] | undefined;
  /** `nothing`: the prompt does not contain earlier exchanges of the task. */
  before?: 'own_exchanges' | 'nothing' | undefined;
  replyTokens: number;
  from: number;
  to: number;
}

export interface GraphTask {
  task: string;
  role: string;
  /** The model that it asks; what another model has read does not help. */
  model?: string | undefined;
  dependencies: string[];
  /** In order. The task adds its first message and its last reply to the transcripts of others. */
  exchanges: GraphExchange[];
  /** `none`: the task adds nothing, for instance because it failed. */
  turn: 'stands' | 'none';
}

/** The requests of a run and their replies: enough to know what its prompts consisted of. */
export interface TranscriptGraph {
  /** The system message and the input, which come before everything else. */
  baseTokens: number;
  /** In step order. */
  tasks: GraphTask[];
  /** Replies that are digests from a certain time on. */
  cuts: { task: string; tokens: number; at: number }[];
}

export interface TranscriptLayout {
  turns: 'linear' | 'graph';
  prompt: PromptLayout;
}

/**
 * The fewest prompt tokens that such a run can read for each task of the graph, with caches that keep all they can. They include what a join has to read again,
 * what a fork has to read again if slots do not share what they hold, and what a cut or a corrective turn makes new.
 * @param slots How many each model has.
 * @param copies `kept`: the content of a slot can be copied into another.
 */
export function ideal(
  graph: TranscriptGraph,
  layout: TranscriptLayout,
  slots: number | ((model: string | undefined) => number),
  copies: 'kept' | 'none' = 'none',
): number[] {
  const requests = graph.tasks
    .flatMap((task, number) => task.exchanges.map((exchange, index) => ({ task, number, exchange, index })))
    .toSorted((a, b) => a.exchange.from - b.exchange.from);
  const prompts = new Prompts(graph, layout);
  const readings = requests.map(({ task, number, exchange, index }) => {
    const prompt = prompts.of(task, number, index);
    const replied = followedBy(prompt, { id: `reply ${number}/${index}`, tokens: exchange.replyTokens });
    return { prompt, replied, from: exchange.from, to: exchange.to };
  });
  const sums = graph.tasks.map(() => 0);
  // Each model has its own slots and shares nothing with the others.
  for (const model of new Set(requests.map(({ task }) => task.model))) {
    const places = requests.flatMap(({ task }, place) => (task.model === model ? [place] : []));
    const own = places.flatMap((place) => readings[place] ?? []);
    const found = copies === 'kept' ? leastReadingWithCopies(own) : leastReading(own, typeof slots === 'number' ? slots : slots(model));
    for (const [index, place] of places.entries()) {
      const { number } = requests[place]!;
      sums[number] = (sums[number] ?? 0) + (found[index] ?? 0);
    }
  }
  return sums;
}

interface Standing {
  task: string;
  place: number;
  endedAt: number;
}

/** The prompts of a run. A beginning that many of them share is worked out once. */
class Prompts {
  readonly #graph: TranscriptGraph;
  readonly #layout: TranscriptLayout;
  readonly #empty = emptyPrompt();
  /** Tasks whose turns are in the prompts of others: in step order, and in the order in which they ended. */
  readonly #standing: readonly Standing[];
  readonly #byEnd: readonly Standing[];
  readonly #dependencies: ReadonlyMap<string, readonly string[]>;
  /** By the number of cuts so far: what replaces each reply that was cut, by its task. */
  readonly #digests = new Map<number, ReadonlyMap<string, number>>();
  readonly #placeByEnd: ReadonlyMap<number, number>;
  /** In the linear layout: the beginnings by their number of turns; the key is what comes before the turns and the cuts made by then. */
  readonly #linear = new Map<string, PromptNode[]>();

  constructor(graph: TranscriptGraph, layout: TranscriptLayout) {
    this.#graph = graph;
    this.#layout = layout;
    this.#standing = graph.tasks.flatMap(({ task, turn, exchanges }, place) =>
      turn === 'stands' ? [{ task, place, endedAt: exchanges.at(-1)?.to ?? Infinity }] : [],
    );
    this.#byEnd = this.#standing.toSorted((a, b) => a.endedAt - b.endedAt);
    // A task that was done again has the same ones in each try.
    this.#dependencies = new Map(graph.tasks.map(({ task, dependencies }) => [task, dependencies]));
    this.#placeByEnd = new Map(this.#byEnd.map(({ place }, index) => [place, index]));
  }

  /** @param number The task's number in the graph. @param index The exchange's index in the task. */
  of(task: GraphTask, number: number, index: number): PromptNode {
    let prompt = this.#before(task, number);
    const alone = task.exchanges[index]?.before === 'nothing';
    for (const [own, exchange] of task.exchanges.slice(0, index + 1).entries()) {
      if (alone && own < index) continue;
      prompt = followedBy(prompt, ...(exchange.pieces ?? [{ id: `message ${number}/${own}`, tokens: exchange.messageTokens }]));
      if (own < index) prompt = followedBy(prompt, { id: `reply ${number}/${own}`, tokens: exchange.replyTokens });
    }
    return prompt;
  }

  /** Everything before a task's own messages. */
  #before({ role, dependencies, exchanges }: GraphTask, number: number): PromptNode {
    // With a different system message everything after it is a different prompt.
    const id = this.#layout.prompt === 'per_role' ? `base of ${role}` : 'base';
    const base = followedBy(this.#empty, { id, tokens: this.#graph.baseTokens });
    if (!showsTurns(this.#layout.prompt)) return base;
    const from = exchanges[0]?.from ?? 0;
    const digests = this.#digestsAt(from);
    if (this.#layout.turns === 'graph') {
      const ancestors = new Set(dependencies);
      for (const name of ancestors) for (const above of this.#dependencies.get(name) ?? []) ancestors.add(above);
      return this.#show(
        base,
        this.#standing.filter((other) => other.place !== number && ancestors.has(other.task)),
        digests,
      );
    }
    const key = `${digests.size} ${id}`;
    const beginnings = this.#linear.get(key) ?? [base];
    this.#linear.set(key, beginnings);
    const count = endedBy(this.#byEnd, from);
    while (beginnings.length <= count) beginnings.push(this.#show(beginnings.at(-1)!, [this.#byEnd[beginnings.length - 1]!], digests));
    // A task that took no time has ended when it begins, but does not see itself.
    const own = this.#placeByEnd.get(number) ?? Infinity;
    return own < count ? this.#show(beginnings[own]!, this.#byEnd.slice(own + 1, count), digests) : beginnings[count]!;
  }

  #show(before: PromptNode, turns: readonly Standing[], digests: ReadonlyMap<string, number>): PromptNode {
    let prompt = before;
    for (const { task, place } of turns) {
      const exchanges = this.#graph.tasks[place]?.exchanges ?? [];
      const last = exchanges.length - 1;
      const digest = digests.get(task);
      prompt = followedBy(
        prompt,
        { id: `message ${place}/0`, tokens: exchanges[0]?.messageTokens ?? 0 },
        digest === undefined
          ? { id: `reply ${place}/${last}`, tokens: exchanges[last]?.replyTokens ?? 0 }
          : { id: `digest ${place}/${digest}`, tokens: digest },
      );
    }
    return prompt;
  }

  #digestsAt(time: number): ReadonlyMap<string, number> {
    const cuts = this.#graph.cuts.length === 0 ? [] : this.#graph.cuts.filter(({ at }) => at <= time);
    const digests = this.#digests.get(cuts.length) ?? new Map(cuts.map(({ task, tokens }) => [task, tokens]));
    this.#digests.set(cuts.length, digests);
    return digests;
  }
}

/** How many had ended by then. @param byEnd The first to end comes first. */
function endedBy(byEnd: readonly Standing[], time: number): number {
  let [low, high] = [0, byEnd.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byEnd[middle]!.endedAt <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

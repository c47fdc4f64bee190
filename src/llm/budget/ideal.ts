import { showsTurns, type PromptLayout } from '../profile/prompt-layout.ts';
import { leastReading, leastReadingWithCopies, type PromptSegment } from './least-reading.ts';

/** A message and its reply, in tokens, with the times at which it began and ended, in any unit. */
export interface GraphExchange {
  messageTokens: number;
  /** What the message consists of, where others may begin with the same; its tokens sum up to `messageTokens`. */
  pieces?: PromptSegment[] | undefined;
  /** `nothing`: earlier exchanges of the task do not stand before it. */
  before?: 'own_exchanges' | 'nothing' | undefined;
  replyTokens: number;
  from: number;
  to: number;
}

export interface GraphTask {
  task: string;
  role: string;
  /** The model that it asks: what another one has read is nothing to it. */
  model?: string | undefined;
  dependencies: string[];
  /** In order. The first message and the last reply are what the task adds to the transcripts of others. */
  exchanges: GraphExchange[];
  /** `none`: it adds nothing, for instance because it failed. */
  turn: 'stands' | 'none';
}

/** What a run asked and what came of it: enough to know what its prompts were made of. */
export interface TranscriptGraph {
  /** The system message and the input, which stand before everything. */
  baseTokens: number;
  /** In step order. */
  tasks: GraphTask[];
  /** Replies that stand as digests from a time on. */
  cuts: { task: string; tokens: number; at: number }[];
}

export interface TranscriptLayout {
  turns: 'linear' | 'graph';
  prompt: PromptLayout;
}

/**
 * The fewest prompt tokens that such a run can read, with caches that hold on to everything they can, for each task of the graph. What a join reads again
 * is in it, and what a fork reads again where slots do not share what they hold, and so is what a cut or a corrective turn makes new.
 * @param slots Of each model.
 * @param copies `kept`: what a slot holds can be copied into another.
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
  const readings = requests.map(({ task, number, exchange, index }) => ({
    prompt: promptOf({ graph, layout, task, number, index }),
    reply: { id: `reply ${number}/${index}`, tokens: exchange.replyTokens },
    from: exchange.from,
    to: exchange.to,
  }));
  const costs: number[] = [];
  // Each model has slots of its own, and shares nothing with the others.
  for (const model of new Set(requests.map(({ task }) => task.model))) {
    const places = requests.flatMap(({ task }, place) => (task.model === model ? [place] : []));
    const own = places.flatMap((place) => readings[place] ?? []);
    const found = copies === 'kept' ? leastReadingWithCopies(own) : leastReading(own, typeof slots === 'number' ? slots : slots(model));
    for (const [index, place] of places.entries()) costs[place] = found[index] ?? 0;
  }
  return graph.tasks.map((_, number) => requests.reduce((sum, request, at) => sum + (request.number === number ? (costs[at] ?? 0) : 0), 0));
}

interface PromptOptions {
  graph: TranscriptGraph;
  layout: TranscriptLayout;
  task: GraphTask;
  /** Of the task in the graph, and of the exchange in the task. */
  number: number;
  index: number;
}

function promptOf({ graph, layout, task, number, index }: PromptOptions): PromptSegment[] {
  const from = task.exchanges[0]?.from ?? 0;
  const segments: PromptSegment[] = [
    // A system message of its own makes everything behind it another prompt.
    { id: layout.prompt === 'per_role' ? `base of ${task.role}` : 'base', tokens: graph.baseTokens },
  ];
  for (const place of turnsBefore(graph, layout, task)) {
    const turn = graph.tasks[place];
    const last = (turn?.exchanges.length ?? 0) - 1;
    const cut = graph.cuts.find((candidate) => candidate.task === turn?.task && candidate.at <= from);
    segments.push({ id: `message ${place}/0`, tokens: turn?.exchanges[0]?.messageTokens ?? 0 });
    segments.push(
      cut === undefined
        ? { id: `reply ${place}/${last}`, tokens: turn?.exchanges[last]?.replyTokens ?? 0 }
        : { id: `digest ${place}`, tokens: cut.tokens },
    );
  }
  const alone = task.exchanges[index]?.before === 'nothing';
  for (const [own, exchange] of task.exchanges.slice(0, index + 1).entries()) {
    if (alone && own < index) continue;
    segments.push(...(exchange.pieces ?? [{ id: `message ${number}/${own}`, tokens: exchange.messageTokens }]));
    if (own < index) segments.push({ id: `reply ${number}/${own}`, tokens: exchange.replyTokens });
  }
  return segments;
}

/** Places in the graph of the tasks whose turns stand before a task's own message, in order. */
function turnsBefore(graph: TranscriptGraph, layout: TranscriptLayout, task: GraphTask): number[] {
  if (!showsTurns(layout.prompt)) return [];
  const standing = graph.tasks.flatMap((other, place) => (other.turn === 'stands' && other !== task ? [{ other, place }] : []));
  if (layout.turns === 'graph') {
    const ancestors = new Set(task.dependencies);
    for (const name of ancestors)
      for (const above of graph.tasks.find((other) => other.task === name)?.dependencies ?? []) ancestors.add(above);
    return standing.filter(({ other }) => ancestors.has(other.task)).map(({ place }) => place);
  }
  const endOf = ({ exchanges }: GraphTask) => exchanges.at(-1)?.to ?? Infinity;
  const begin = task.exchanges[0]?.from ?? 0;
  return standing
    .filter(({ other }) => endOf(other) <= begin)
    .toSorted((a, b) => endOf(a.other) - endOf(b.other))
    .map(({ place }) => place);
}

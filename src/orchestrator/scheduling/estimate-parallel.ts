import { ideal, type GraphTask, type TranscriptGraph } from '../../llm/budget/ideal.ts';
import type { ParallelSpeed } from '../../llm/slots/measure-parallel.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';

export interface EstimateParallelOptions {
  steps: Pick<WorkflowStep, 'id' | 'depends_on'>[];
  atOnce: number;
  speed: ParallelSpeed;
  /** Whether a slot can be copied into another. */
  copies: 'kept' | 'none';
  /** In tokens: what stands before everything, each step's message, each reply. */
  sizes: { base: number; message: number; reply: number };
}

/**
 * The seconds that a workflow takes with so many steps at once: each token that it has to read, and each that it writes at the speed that so many
 * replies have together. Steps are taken in waves, as if all replies were of one length.
 */
export function estimateParallel({ steps, atOnce, speed, copies, sizes }: EstimateParallelOptions): number {
  const waves = wavesOf(steps, atOnce);
  const waveOf = new Map(waves.flatMap((wave, index) => wave.map((id) => [id, index] as const)));
  const graph: TranscriptGraph = {
    baseTokens: sizes.base,
    cuts: [],
    tasks: steps.map(({ id, depends_on }): GraphTask => {
      const from = waveOf.get(id) ?? 0;
      const exchange = { messageTokens: sizes.message, replyTokens: sizes.reply, from, to: from + 1 };
      return { task: id, role: '', dependencies: depends_on, exchanges: [exchange], turn: 'stands' };
    }),
  };
  const read = ideal(graph, { turns: atOnce === 1 ? 'linear' : 'graph', prompt: 'transcript' }, atOnce, copies).reduce(
    (sum, tokens) => sum + tokens,
    0,
  );
  const writing = waves.reduce((sum, wave) => sum + (wave.length * sizes.reply) / speedOf(speed, wave.length), 0);
  return read / speed.read + writing;
}

/** Between the measurements for one and for several, growth is taken as linear; beyond them there is none. */
function speedOf({ atOnce, alone, together }: ParallelSpeed, count: number): number {
  return alone + ((together - alone) * (Math.min(count, atOnce) - 1)) / Math.max(1, atOnce - 1);
}

/** The steps that begin together, wave by wave, in the order of the workflow. */
function wavesOf(steps: EstimateParallelOptions['steps'], atOnce: number): string[][] {
  const waves: string[][] = [];
  const done = new Set<string>();
  while (done.size < steps.length) {
    const ready = steps.filter(({ id, depends_on }) => !done.has(id) && depends_on.every((name) => done.has(name)));
    const wave = ready.slice(0, atOnce).map(({ id }) => id);
    if (wave.length === 0) break;
    waves.push(wave);
    for (const id of wave) done.add(id);
  }
  return waves;
}

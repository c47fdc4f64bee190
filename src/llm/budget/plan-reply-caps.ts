export interface PlannedTask {
  task: string;
  expects: 'text' | 'files';
}

export interface ReplyCapOptions {
  /** The most that one request may hold: prompt and reply. */
  contextTokens: number;
  /** The preamble, the input and the messages of all tasks together. */
  fixedTokens: number;
  tasks: PlannedTask[];
  /** For each transcript that no other one contains, the tasks whose replies are in it. */
  transcripts: Iterable<Iterable<string>>;
  /** A task gets at least this much; what does not fit then is cut when it occurs. */
  smallestCap?: number | undefined;
}

/** Files are longer than notes. */
const weight = { text: 1, files: 2 };

/**
 * How many tokens each task's reply may have, so that the longest transcript of the run still fits. The budget that the fixed part leaves is divided along the
 * fullest chain of turns; tasks that write files get twice as much.
 */
export function planReplyCaps({ contextTokens, fixedTokens, tasks, transcripts, smallestCap = 512 }: ReplyCapOptions): Map<string, number> {
  const weights = new Map(tasks.map(({ task, expects }) => [task, weight[expects]]));
  const margin = Math.ceil(contextTokens / 64);
  const room = Math.max(0, contextTokens - fixedTokens - margin);
  let fullest = 1;
  for (const transcript of transcripts) {
    let sum = 0;
    for (const task of transcript) sum += weights.get(task) ?? 0;
    fullest = Math.max(fullest, sum);
  }
  const unit = Math.floor(room / fullest);
  return new Map(tasks.map(({ task, expects }) => [task, Math.max(smallestCap, unit * weight[expects])]));
}

export interface PlannedTask {
  task: string;
  expects: 'text' | 'files';
}

export interface ReplyCapOptions {
  /** What one request may hold: prompt and reply. */
  contextTokens: number;
  /** What the preamble, the input and the messages of all tasks take together. */
  fixedTokens: number;
  tasks: PlannedTask[];
  /** The tasks whose replies stand together in one transcript, for each transcript that no other one holds. */
  transcripts: Iterable<Iterable<string>>;
  /** A task gets at least this much; what then does not fit is cut when it happens. */
  smallestCap?: number | undefined;
}

/** A file is longer than a note. */
const weight = { text: 1, files: 2 };

/**
 * How many tokens each task's reply may have, so that the longest transcript of the run still fits: the room that the fixed part leaves is shared
 * out along the fullest chain of turns, twice as much for tasks that write files.
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

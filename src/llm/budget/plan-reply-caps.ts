export interface PlannedTask {
  task: string;
  expects: 'text' | 'files';
  /** Tasks whose turns stand in this one's transcript. */
  before: string[];
}

export interface ReplyCapOptions {
  /** What one request may hold: prompt and reply. */
  contextTokens: number;
  /** What the preamble, the input and the messages of all tasks take together. */
  fixedTokens: number;
  tasks: PlannedTask[];
  /** A task gets at least this much; what then does not fit is cut when it happens. */
  smallestCap?: number | undefined;
}

/** A file is longer than a note. */
const weight = { text: 1, files: 2 };

/**
 * How many tokens each task's reply may have, so that the longest transcript of the run still fits: the room that the fixed part leaves is shared
 * out along the fullest chain of turns, twice as much for tasks that write files.
 */
export function planReplyCaps({ contextTokens, fixedTokens, tasks, smallestCap = 512 }: ReplyCapOptions): Map<string, number> {
  const weights = new Map(tasks.map(({ task, expects }) => [task, weight[expects]]));
  const margin = Math.ceil(contextTokens / 64);
  const room = Math.max(0, contextTokens - fixedTokens - margin);
  const unitOf = ({ task, before }: PlannedTask) => room / [...before, task].reduce((sum, name) => sum + (weights.get(name) ?? 0), 0);
  const unit = Math.floor(Math.min(...tasks.map(unitOf)));
  return new Map(tasks.map(({ task, expects }) => [task, Math.max(smallestCap, unit * weight[expects])]));
}

import { join } from 'node:path';

/** Where the files of a run lie. All paths are absolute. */
export interface RunFolders {
  /** The run's id. */
  run: string;
  output: string;
  /** The files the team wrote. */
  generated: string;
  /** Points to the newest run's files. */
  latest: string;
  /** The texts of blocks that were not written. */
  rejected: string;
  result: string;
  summary: string;
}

export function runFolders({ output, run, workflow }: { output: string; run: string; workflow: string }): RunFolders {
  return {
    run,
    output,
    generated: join(output, 'generated', run),
    latest: join(output, 'generated', 'latest'),
    rejected: join(output, 'rejected', run),
    result: join(output, `workflow_${workflow}_${run}.json`),
    summary: join(output, `workflow_summary_${run}.md`),
  };
}

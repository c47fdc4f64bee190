import { isAbsolute, join, relative, sep } from 'node:path';
import { RunFolder } from '../../files/disk/run-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';

/** Where the files of a run lie. All paths are absolute. */
export interface RunFolders {
  /** The run's id. */
  run: string;
  output: string;
  /** From this folder down no link is followed: the workspace if results lie in it, otherwise the output folder that a person named. */
  within: string;
  /** The files the team wrote. */
  generated: string;
  /** Points to the newest run's files. */
  latest: string;
  /** The texts of blocks that were not written. */
  rejected: string;
  result: string;
  summary: string;
  /** The page about it, where one was written. */
  report: string;
}

export interface RunFoldersOptions {
  output: string;
  run: string;
  workflow: string;
  /** Default: nothing is known of one. */
  workspace?: string | undefined;
}

/** One of these folders, to read and write in. */
export function folderOf({ within, ...folders }: RunFolders, which: 'generated' | 'rejected' | 'output'): RunFolder {
  return new RunFolder(folders[which], { within });
}

/**
 * Where a run's files lie in an output folder.
 * @throws MultiagentError `journal.inconsistent` for a run or a workflow whose name would lead out of that folder: a journal that came with a project may
 * hold any name.
 */
export function runFolders({ output, run, workflow, workspace }: RunFoldersOptions): RunFolders {
  for (const name of [run, workflow]) requireOneSegment(name);
  return {
    run,
    output,
    within: workspace !== undefined && keptOutput(workspace, output) !== output ? workspace : output,
    generated: join(output, 'generated', run),
    latest: join(output, 'generated', 'latest'),
    rejected: join(output, 'rejected', run),
    result: join(output, `workflow_${workflow}_${run}.json`),
    summary: join(output, `workflow_summary_${run}.md`),
    report: join(output, `report_${run}.html`),
  };
}

/**
 * Patterns of what runs write into an output folder. What else is in it is the person's: there may have been a folder of this name before.
 * @param folder With `/`; empty: the folder that the patterns are for.
 */
export function writtenInOutput(folder: string): string[] {
  const inside = folder === '' ? '' : `${folder}/`;
  const literally = inside.replaceAll(/[\\$^*+?()[\]{}!|]/g, String.raw`\$&`);
  return [
    `${inside}generated`,
    `${inside}rejected`,
    `${literally}workflow_*_*-*-*.json`,
    `${literally}workflow_summary_*-*-*.md`,
    `${literally}report_*-*-*.html`,
  ];
}

function requireOneSegment(name: string): void {
  if (/^[\w-][\w.-]*$/.test(name)) return;
  throw new MultiagentError({
    code: 'journal.inconsistent',
    message: `The journal holds a run or a workflow with the name "${shownName(name)}", which none can have.`,
    hint: 'The journal was not written by this program: move .multiagent/state.db away.',
  });
}

/** An output folder as it is recorded with a run: relative to the workspace if it is inside, so that both can be moved together. Both arguments are absolute. */
export function keptOutput(workspace: string, output: string): string {
  const near = relative(workspace, output);
  return near === '..' || near.startsWith(`..${sep}`) || isAbsolute(near) ? output : near;
}

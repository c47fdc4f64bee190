import { repairableFiles } from '../broken-file.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import type { ReplyToCheck } from './reply-to-check.ts';

/** Files that do not parse, where the setting has them repaired; elsewhere they are only told of. */
export const brokenFiles: Checker<ReplyToCheck> = ({ step: { run, task }, broken }) => {
  if (run.fileCheck !== 'repair' || task.expects !== 'files') return [];
  return repairableFiles(broken).map(({ path }) => ({ code: 'reply.broken_files', message: `${path} does not parse`, remedy: 'repair' }));
};

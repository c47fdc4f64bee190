import { demandedPaths } from '../../../agents/plans/file-purpose.ts';
import { standingFiles } from '../../artifacts/standing-files.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { fileFormat, type ReplyToCheck } from './reply-to-check.ts';

/** Files that the requirement names and that the step was to make. */
export const missingFiles: Checker<ReplyToCheck> = ({ step: { run, task }, material }) => {
  if (task.expects !== 'files' || task.orText === true) return [];
  const standing = new Set(standingFiles(run.journal.state).map(({ path }) => path));
  const missing = demandedPaths(task.taskType, material).filter((path) => !standing.has(path));
  if (missing.length === 0) return [];
  const message = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing, which the requirement names`;
  const correction = `The requirement names files that do not exist yet: ${missing.join(', ')}. Give each of them complete now, ${fileFormat}.`;
  return [{ code: 'reply.files_missing', message, remedy: 'correct', correction }];
};

import { purposeOfStep } from '../../../agents/plans/file-purpose.ts';
import { standingFiles } from '../../artifacts/standing-files.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { holdsTests } from '../holds-tests.ts';
import { fileFormat, type ReplyToCheck } from './reply-to-check.ts';

/** A step that is to deliver tests may bring configuration and data along; of its files one at least has to hold tests. */
export const noTests: Checker<ReplyToCheck> = async ({ step: { run, task }, kept }) => {
  if (task.expects !== 'files' || kept.written.length === 0 || purposeOfStep(task.taskType) !== 'tests') return [];
  // What stands from an earlier reply of the step counts, too: a turn about one file asks for that one alone.
  for (const { path, sha256, task: writer } of standingFiles(run.journal.state)) {
    const content = writer === task.task ? await run.contentOf(sha256) : undefined;
    if (content !== undefined && holdsTests(path, Buffer.from(content).toString('utf8'))) return [];
  }
  const message = `the files hold no tests (${kept.written.join(', ')})`;
  const correction = `Your last reply holds no tests. Give the complete test files of this step now, each ${fileFormat}.`;
  return [{ code: 'reply.no_files', message, remedy: 'correct', correction }];
};

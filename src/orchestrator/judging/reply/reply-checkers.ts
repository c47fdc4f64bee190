import type { Checker } from '../../../agents/loop/finding.ts';
import { brokenFiles } from './broken-files.ts';
import { failedEdits } from './failed-edits.ts';
import { missingFiles } from './missing-files.ts';
import { noEnd } from './no-end.ts';
import { noFiles } from './no-files.ts';
import { noSubstance } from './no-substance.ts';
import { noTests } from './no-tests.ts';
import { onlyComments } from './only-comments.ts';
import type { ReplyToCheck } from './reply-to-check.ts';
import { unplacedPieces } from './unplaced-pieces.ts';
import { unseenFiles } from './unseen-files.ts';

/** In the order in which they are asked; the first that finds something counts. */
export const replyCheckers: readonly Checker<ReplyToCheck>[] = [
  noEnd,
  noSubstance,
  unseenFiles,
  failedEdits,
  unplacedPieces,
  missingFiles,
  noFiles,
  onlyComments,
  noTests,
  brokenFiles,
];

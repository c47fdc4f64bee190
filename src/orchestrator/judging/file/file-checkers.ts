import type { Checker } from '../../../agents/loop/finding.ts';
import { breaksOff } from './breaks-off.ts';
import { cannotWork } from './cannot-work.ts';
import { doesNotParse } from './does-not-parse.ts';
import type { FileToCheck } from './file-to-check.ts';
import { isUnchanged } from './is-unchanged.ts';
import { lostDefinitions } from './lost-definitions.ts';
import { noTests } from './no-tests.ts';
import { onlyComments } from './only-comments.ts';

/** Each is asked; what they find is told in this order. */
export const fileCheckers: readonly Checker<FileToCheck>[] = [
  breaksOff,
  isUnchanged,
  onlyComments,
  doesNotParse,
  lostDefinitions,
  cannotWork,
  noTests,
];

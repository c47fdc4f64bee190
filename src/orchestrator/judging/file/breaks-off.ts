import type { Checker } from '../../../agents/loop/finding.ts';
import { shortcoming, type FileToCheck } from './file-to-check.ts';

/** A file that has no end. */
export const breaksOff: Checker<FileToCheck> = ({ assignment: { path }, ending }) =>
  ending === 'whole' ? [] : [shortcoming('incomplete', `${path} breaks off`)];

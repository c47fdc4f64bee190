import { commentsOnly } from '../../../files/comments-only.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { shortcoming, type FileToCheck } from './file-to-check.ts';

/** A file of code that holds nothing but comments. */
export const onlyComments: Checker<FileToCheck> = ({ assignment: { path }, content }) => {
  return commentsOnly(path, content) === undefined ? [] : [shortcoming('prose', `${path} holds nothing but comments`)];
};

import { commentsOnly } from './comments-only.ts';

/** Files whose whole purpose may be a comment. */
const documents = /(?:^|\/)(?:__init__\.py|package-info\.java|module-info\.java|doc\.go|mod\.rs|[^/]+\.d\.[cm]?ts)$/;
const licence = /\b(?:copyright|licen[cs]ed?|SPDX-License-Identifier)\b/i;

/** Whether a file of code holds nothing but comments: prose that passes for code. A licence, or the description of a package, is meant to be one. */
export function holdsOnlyProse(path: string, content: string): boolean {
  if (documents.test(path)) return false;
  const comments = commentsOnly(path, content);
  return comments !== undefined && !comments.lines.some((line) => licence.test(line));
}

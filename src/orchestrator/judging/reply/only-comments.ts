import type { Checker } from '../../../agents/loop/finding.ts';
import { fileFormat, type ReplyToCheck } from './reply-to-check.ts';

/** Files of code that hold nothing but comments, all of those that were written. */
export const onlyComments: Checker<ReplyToCheck> = ({ kept }) => {
  // The versions of a later step may stand, and the journal keeps those of the reply beside them: nothing was written that could be judged.
  if (kept.written.length === 0 || !kept.written.every((path) => kept.prose.includes(path))) return [];
  const message = `the files hold nothing but comments (${kept.prose.join(', ')})`;
  const correction = `Comments are no program. Give the complete files of this step with their code now, each ${fileFormat}.`;
  return [{ code: 'reply.no_files', message, remedy: 'correct', correction }];
};

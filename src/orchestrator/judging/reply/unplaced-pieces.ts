import type { Checker } from '../../../agents/loop/finding.ts';
import { fileFormat, type ReplyToCheck } from './reply-to-check.ts';

/** Pieces of files of which it is not clear where they belong. */
export const unplacedPieces: Checker<ReplyToCheck> = ({ kept }) => {
  if (kept.unplaced.length === 0) return [];
  const paths = [...new Set(kept.unplaced.map(({ path, name }) => path ?? name))].join(', ');
  const message = `a piece of a file was given that has no place of its own (${paths})`;
  const correction = `It is not clear where a piece of your reply belongs. Give the complete file ${paths} now, ${fileFormat}.`;
  return [{ code: 'reply.no_files', message, remedy: 'correct', correction }];
};

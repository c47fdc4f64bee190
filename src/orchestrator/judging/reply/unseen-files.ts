import type { Checker } from '../../../agents/loop/finding.ts';
import type { ReplyToCheck } from './reply-to-check.ts';

/** Files of the project that the reply replaces without having seen them. Those that are too long to be shown stay as they are. */
export const unseenFiles: Checker<Pick<ReplyToCheck, 'kept' | 'told'>> = ({ kept, told }) => {
  const paths = kept.unseen.filter((path) => !told.has(path));
  if (paths.length === 0) return [];
  return [
    { code: 'reply.unseen_files', message: `the reply replaces files that it was not shown (${paths.join(', ')})`, remedy: 'show', paths },
  ];
};

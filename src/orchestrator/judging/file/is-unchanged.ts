import { trimEndOf } from '../../../utils/trim-end-of.ts';
import type { Checker } from '../../../agents/loop/finding.ts';
import { shortcoming, type FileToCheck } from './file-to-check.ts';

/** A file that was to change and is repeated as it stands. */
export const isUnchanged: Checker<FileToCheck> = ({ assignment: { path, state }, content, standing }) => {
  if (state !== 'changed' || standing === undefined || plain(standing) !== plain(content)) return [];
  return [shortcoming('unchanged', `${path} is repeated without a change`)];
};

function plain(text: string): string {
  return text
    .split('\n')
    .map((line) => trimEndOf(line, /[ \t]/))
    .join('\n')
    .trim();
}

import type { Checker } from '../../../agents/loop/finding.ts';
import type { NextStep } from '../../../agents/loop/next-step.ts';
import { fileFormat, type ReplyToCheck } from './reply-to-check.ts';

const most = 5;
const longest = 1500;

/** Changes that could not be made, because what they quote does not stand in the file, or stands there several times. */
export const failedEdits: Checker<ReplyToCheck> = ({ kept }) => {
  const { failedEdits: failed, usable } = kept;
  if (failed.length === 0) return [];
  const paths = [...new Set(failed.map(({ path }) => path))];
  const message = `a change could not be made (${paths.join(', ')})`;
  const whys = failed.slice(0, most).map(({ path, why }) => `- ${path}: ${why.slice(0, longest).toWellFormed()}`);
  const more = failed.length > most ? [`- and ${failed.length - most} more`] : [];
  const correction = [
    'These changes of your last reply could not be made:',
    ...whys,
    ...more,
    'Give them again, and quote the lines exactly as they stand in the file. Of a file with several changes give all of them; what else you gave was kept.',
  ].join('\n');
  return [{ code: 'reply.failed_edit', message, remedy: 'mend_edit', correction, paths, weight: usable ? 0 : Infinity }];
};

/** What the model is told about changes that could not be made. */
export function mendEditMessage({ finding, wants }: Extract<NextStep, { kind: 'mend_edit' }>): string {
  if (wants === 'edit') return finding.correction ?? '';
  const files = (finding.paths ?? []).join(', ');
  return `Your changes of ${files} could not be made this time either. Give the whole file now, complete and with all of your changes, ${fileFormat}.`;
}

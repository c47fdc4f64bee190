import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';

/** What the model was shown, for people: `was shown src/a.ts, src/b.ts (what it defines)`. */
export function readSentence({ files }: Pick<ActivityCompleted<'read'>, 'files'>): string {
  const shown = files
    .filter((file) => file.shown !== 'not')
    .map((file) => file.path + (file.shown === 'outline' ? ' (only what it defines)' : ''));
  const refused = files.flatMap((file) => (file.shown === 'not' ? [file.path] : []));
  const parts = [
    ...(shown.length === 0 ? [] : [`was shown ${shown.join(', ')}`]),
    ...(refused.length === 0 ? [] : [`was not shown ${refused.join(', ')}`]),
  ];
  return parts.join('; ') || 'was shown nothing';
}

import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';

/** More names tell nobody anything. */
const mostNames = 8;

/** What the model was shown, for people: `was shown src/a.ts, src/b.ts (only what it defines)`. */
export function readSentence({ files }: Pick<ActivityCompleted<'read'>, 'files'>): string {
  const shown = files
    .filter((file) => file.shown !== 'not')
    .toSorted((one, other) => Number(one.shown === 'outline') - Number(other.shown === 'outline'))
    .map((file) => file.path + (file.shown === 'outline' ? ' (only what it defines)' : ''));
  const refused = files.flatMap((file) => (file.shown === 'not' ? [file.path] : []));
  const parts = [
    ...(shown.length === 0 ? [] : [`was shown ${listed(shown)}`]),
    ...(refused.length === 0 ? [] : [`was not shown ${listed(refused)}`]),
  ];
  return parts.join('; ') || 'was shown nothing';
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNames;
  return more > 0 ? `${names.slice(0, mostNames).join(', ')} and ${more} more` : names.join(', ');
}

import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';
import { shorten } from '../../utils/printable.ts';

const longestArgument = 80;

/** What the model has called, for people: `called execute_command("npm test"): exit code 1`. */
export function calledSentence(called: Pick<ActivityCompleted<'tool'>, 'tool' | 'arguments' | 'failed' | 'exitCode' | 'repeated'>): string {
  const call = `called ${callText(called)}`;
  if (called.repeated === true) return `${call} once more, and was told that nothing has changed`;
  if (called.exitCode !== undefined) return `${call}: exit code ${called.exitCode}`;
  return called.failed ? `${call}: it failed` : call;
}

/** A call as a model writes it, with its arguments by their names. */
export function callText({ tool, arguments: given }: Pick<ActivityCompleted<'tool'>, 'tool' | 'arguments'>): string {
  const values = Object.values(given).map((value) => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    const short = shorten(text.replaceAll(/\s+/g, ' '), longestArgument);
    return typeof value === 'string' ? JSON.stringify(short) : short;
  });
  return `${tool}(${values.join(', ')})`;
}

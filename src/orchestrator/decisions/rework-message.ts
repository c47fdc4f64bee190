import type { ReworkOptions } from './rework-options.ts';

/** What an author is told whose work a person has rejected. */
export function reworkMessage({ ask, comment, paths, expects }: ReworkOptions): string {
  const names = paths.join(', ');
  const what = paths.length === 0 ? 'what you wrote' : names;
  const asked =
    expects === 'files'
      ? 'Give every file that changes whole, under its present path.'
      : 'Give the whole text again, with the change made.';
  return [
    `The person whom the team works for has looked at ${what}. They were asked: ${ask}`,
    `They do not approve, and say:\n${comment}`,
    `Change what this calls for, and nothing else. ${asked}`,
  ].join('\n\n');
}

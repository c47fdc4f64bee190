import type { FileChange } from '../file-format.ts';
import { linesOf, withoutEnding } from '../edits/lines-of.ts';

/** The change that turns one version of a file into another: the lines from the first difference to the last. */
export function editBetween(before: string, after: string): FileChange {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  let from = 0;
  while (from < old.length && from < fresh.length && old[from] === fresh[from]) from += 1;
  let same = 0;
  while (same < old.length - from && same < fresh.length - from && old.at(-1 - same) === fresh.at(-1 - same)) same += 1;
  // An edit is found by the lines that it removes, so one of them must not be blank.
  const isBlank = () => old.slice(from, old.length - same).every((line) => withoutEnding(line).trim() === '');
  while (isBlank() && from > 0) from -= 1;
  while (isBlank() && same > 0) same -= 1;
  return {
    kind: 'edit',
    before: old.slice(from, old.length - same).join(''),
    after: fresh.slice(from, fresh.length - same).join(''),
    line: from + 1,
  };
}

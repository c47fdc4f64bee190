import { shownName } from '../../utils/printable.ts';

/**
 * A path, or a name in it, as it stands in a prompt: one line whatever its characters are, and nothing in it that a reader of Markdown takes for a fence.
 * Usual names are unchanged.
 */
export function shownPath(path: string): string {
  return path
    .split('/')
    .map(shownName)
    .join('/')
    .replaceAll(/`{3,}|~{3,}/g, (fence) => fence.split('').join('\u2009'));
}

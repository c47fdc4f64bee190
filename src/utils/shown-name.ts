import { invisibleCharacters } from './invisible-characters.ts';

const longest = 200;

/**
 * A name, or a value as short as one, that came from a model's reply or from a file of unknown origin, for quoting it in a message: nothing in it moves
 * the cursor, hides or turns text, or fills the screen. Stricter than `printable`, which shows whole texts as they are meant.
 */
export function shownName(text: string): string {
  const shown = text
    .slice(0, longest)
    .toWellFormed()
    .replaceAll(invisibleCharacters, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return text.length > longest ? `${shown}…` : shown;
}

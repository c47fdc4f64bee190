/** Where a value stands in a command. `unsafe`: in a here-document or between backquotes, where the shell may run what is in it, however it is written. */
export type ShellPlace = 'word' | 'single_quotes' | 'double_quotes' | 'unsafe';

/** What is wrong with a value in such a place. */
export const whyUnsafe = 'a value cannot stand in a here-document or between backquotes, because the shell could run what is in it';

/** A value so that a POSIX shell takes it as it is. A word of its own gets quotation marks; within those of the command it stays within them. */
export function shellText(value: string, place: Exclude<ShellPlace, 'unsafe'>): string {
  const text = value.replaceAll('\0', '');
  if (place === 'double_quotes') return text.replaceAll(/["$\\`]/g, String.raw`\$&`);
  const within = text.replaceAll("'", String.raw`'\''`);
  return place === 'word' ? `'${within}'` : within;
}

/** Reads a command from left to right, as far as to know where a value would stand in it. */
export class ShellReader {
  /** A `$(…)` begins anew, also within quotation marks. */
  readonly #places: ShellPlace[] = ['word'];
  #isHereDocument = false;
  #isComment = false;
  #isEscaped = false;
  #before = '\n';

  /** Where the next value stands, which may be anything. */
  takeValue(): ShellPlace {
    this.#before = 'value';
    this.#isEscaped = false;
    return this.#isHereDocument ? 'unsafe' : this.#place;
  }

  read(text: string): void {
    for (const character of text) {
      this.#take(character);
      this.#before = character;
    }
  }

  get #place(): ShellPlace {
    return this.#places.at(-1) ?? 'word';
  }

  #take(character: string): void {
    if (this.#isComment) this.#isComment = character !== '\n';
    else if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#place === 'single_quotes') this.#leave(character, "'");
    else if (character === '\\') this.#isEscaped = true;
    else if (this.#place === 'unsafe') this.#leave(character, '`');
    else if (character === '`') this.#places.push('unsafe');
    else if (character === '(' && this.#before === '$') this.#places.push('word');
    else if (this.#place === 'double_quotes') this.#leave(character, '"');
    else this.#takeInWord(character);
  }

  #takeInWord(character: string): void {
    if (character === "'") this.#places.push('single_quotes');
    else if (character === '"') this.#places.push('double_quotes');
    else if (character === '#' && /^[\s;&|(]$/.test(this.#before)) this.#isComment = true;
    else if (character === '<' && this.#before === '<') this.#isHereDocument = true;
    else if (character === '(') this.#places.push('word');
    else this.#leave(character, ')');
  }

  #leave(character: string, end: string): void {
    if (character === end && this.#places.length > 1) this.#places.pop();
  }
}

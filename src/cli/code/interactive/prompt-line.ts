import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { printable } from '../../../utils/printable.ts';
import { textWidth } from '../../views/text-width.ts';
import type { ReadStream, WriteStream } from 'node:tty';

export interface PromptLineOptions {
  input: ReadStream;
  output: WriteStream;
  /** What a typed word can become, and the word. */
  complete: (line: string) => Promise<[string[], string]>;
}

/** What somebody did at the keyboard. `end`: nothing more will come. */
export type Typed = { kind: 'line'; text: string } | { kind: 'escape' } | { kind: 'interrupt' } | { kind: 'end' };

/** Terminals that know it mark pasted text, so that its line feeds send nothing. */
const markPastes = '\u001B[?2004h';
const markNoPastes = '\u001B[?2004l';

/**
 * The last line of a terminal, in which a person types at any time, while output appears above it. What they paste is one message, whatever lines it has.
 */
export class PromptLine {
  readonly #readline: Interface;
  readonly #options: PromptLineOptions;
  #listener: (typed: Typed) => void = () => undefined;
  /** Lines of what is being pasted, or was pasted since the last Enter. */
  #pasted: string[] = [];
  #isPasting = false;
  #isClosed = false;

  constructor(options: PromptLineOptions) {
    const { input, output, complete } = options;
    this.#options = options;
    const completer = (line: string, done: (error: null, found: [string[], string]) => void) => void completeLine(complete, line, done);
    this.#readline = createInterface({ input, output, completer, terminal: true, historySize: 200 });
    output.write(markPastes);
    input.on('keypress', this.#onKey);
    this.#readline.on('line', (line) => this.#onLine(line));
    this.#readline.on('SIGINT', () => this.#listener({ kind: 'interrupt' }));
    this.#readline.on('close', () => {
      if (!this.#isClosed) this.#listener({ kind: 'end' });
    });
  }

  /** Tells one listener from now on what is typed. */
  listen(listener: (typed: Typed) => void): void {
    this.#listener = listener;
  }

  /** Whether something is typed that was not sent yet. */
  get isEmpty(): boolean {
    return this.#readline.line === '' && this.#pasted.length === 0;
  }

  /** Forgets what is typed. */
  clear(): void {
    this.#pasted = [];
    this.#readline.write(null, { ctrl: true, name: 'e' });
    this.#readline.write(null, { ctrl: true, name: 'u' });
  }

  /** Shows text above the line. */
  above(text: string): void {
    if (this.#isClosed || text === '') return;
    const { output } = this.#options;
    moveCursor(output, 0, -this.#readline.getCursorPos().rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    output.write(text.endsWith('\n') ? text : `${text}\n`);
    // The line stands on a row of its own now: readline would otherwise go up by as many rows as it had before, over the text.
    Object.assign(this.#readline, { prevRows: 0 });
    this.#readline.prompt(true);
  }

  /** What stands before what is typed. */
  set prompt(text: string) {
    if (this.#isClosed) return;
    this.#readline.setPrompt(text);
    this.#readline.prompt(true);
  }

  /** Gives the terminal back. Safe to call twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { input, output } = this.#options;
    input.off('keypress', this.#onKey);
    this.#readline.close();
    cursorTo(output, 0);
    clearScreenDown(output);
    output.write(markNoPastes);
  }

  readonly #onKey = (_: string | undefined, key: { name?: string } | undefined): void => {
    if (key?.name === 'paste-start') this.#isPasting = true;
    if (key?.name === 'paste-end') this.#isPasting = false;
    if (key?.name === 'escape') this.#listener({ kind: 'escape' });
  };

  /** What was typed disappears: whoever listens shows it as it is meant. */
  #onLine(line: string): void {
    const { output } = this.#options;
    const typed = textWidth(stripVTControlCharacters(this.#readline.getPrompt())) + textWidth(line);
    moveCursor(output, 0, -(Math.floor(typed / (output.columns || 80)) + 1));
    cursorTo(output, 0);
    clearScreenDown(output);
    Object.assign(this.#readline, { prevRows: 0 });
    if (this.#isPasting) {
      this.#pasted.push(line);
      this.above(printable(line));
      return;
    }
    const text = [...this.#pasted, line].join('\n');
    this.#pasted = [];
    this.#listener({ kind: 'line', text });
  }
}

/** What cannot be completed is left as it is. */
async function completeLine(
  complete: PromptLineOptions['complete'],
  line: string,
  done: (error: null, found: [string[], string]) => void,
): Promise<void> {
  let found: [string[], string] = [[], line];
  try {
    found = await complete(line);
  } catch {
    // A folder that cannot be read has nothing to offer.
  }
  done(null, found);
}

import { Lexer, Tokenizer, type Tokens } from 'marked';

/** How deep lists and quotations may be nested. No sensible text has more levels, and each level uses some of the stack. */
const deepest = 12;
const longestLine = 500;
const mostCharacters = 100_000;

/** Treats what is nested too deeply as text. */
class ShallowTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#within(() => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.#within(() => super.list(source));
  }

  #within<Token>(read: () => Token | undefined): Token | undefined {
    if (this.#depth >= deepest) return undefined;
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}

/** The top-level headings of a Markdown text, in order. Of an endless text, or one with endless lines, only the beginning is read. */
export function headingsOf(markdown: string): string[] {
  const text = markdown
    .slice(0, mostCharacters)
    .split(/\r\n|\n|\r/)
    .map((line) => line.slice(0, longestLine))
    .join('\n');
  // Blocks only: what is within a line does not matter, and can be nested, too.
  const tokens = new Lexer({ tokenizer: new ShallowTokenizer() }).blockTokens(text, []);
  return tokens.flatMap((token) => (token.type === 'heading' ? [String(token['text'])] : []));
}

/** What remains of a reply in the transcript after it was cut: its headings, its files, and where a person finds all of it. */
export interface DigestOptions {
  reply: string;
  /** Paths of the files that it contained. */
  files: string[];
  /** Stands for what these contain. Empty: only their names remain. */
  shown: string;
  /** Where the full text is, relative to the run's folder. Absent if only its files were kept. */
  savedAs?: string | undefined;
}

const mostHeadings = 12;

export function digestReply({ reply, files, shown, savedAs }: DigestOptions): string {
  const headings = headingsOf(reply).slice(0, mostHeadings);
  const lines = ['(This reply was shortened to fit.)'];
  if (headings.length > 0) lines.push('', 'Headings:', ...headings.map((heading) => `- ${heading}`));
  if (files.length > 0) lines.push('', 'Files:', ...files.map((file) => `- ${file}`));
  if (shown !== '') lines.push('', shown.trimEnd());
  if (savedAs !== undefined) lines.push('', `The full text is in ${savedAs}.`);
  return lines.join('\n');
}

import { Lexer, Tokenizer, type Tokens } from 'marked';

/** Lists and quotations within each other: deeper ones are of no text that makes sense, and each takes a piece of the stack. */
const deepest = 12;
const longestLine = 500;
const mostCharacters = 100_000;

/** Takes what is nested too deeply for text. */
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

/** The headings of a Markdown text that stand in nothing else, in order. Of a text without end, or with lines without end, only the beginning is read. */
export function headingsOf(markdown: string): string[] {
  const text = markdown
    .slice(0, mostCharacters)
    .split(/\r\n|\n|\r/)
    .map((line) => line.slice(0, longestLine))
    .join('\n');
  // Blocks only: what stands within a line is of no interest, and can be nested, too.
  const tokens = new Lexer({ tokenizer: new ShallowTokenizer() }).blockTokens(text, []);
  return tokens.flatMap((token) => (token.type === 'heading' ? [String(token['text'])] : []));
}

/** What stays of a reply in the transcript once it had to be cut: its headings, its files, and where a person finds the whole. */
export interface DigestOptions {
  reply: string;
  /** Paths of the files that came out of it. */
  files: string[];
  /** Where the full text is, relative to the run's folder; absent where only its files were kept. */
  savedAs?: string | undefined;
}

const mostHeadings = 12;

export function digestReply({ reply, files, savedAs }: DigestOptions): string {
  const headings = headingsOf(reply).slice(0, mostHeadings);
  const lines = ['(This reply was shortened to fit.)'];
  if (headings.length > 0) lines.push('', 'Headings:', ...headings.map((heading) => `- ${heading}`));
  if (files.length > 0) lines.push('', 'Files:', ...files.map((file) => `- ${file}`));
  if (savedAs !== undefined) lines.push('', `The full text is in ${savedAs}.`);
  return lines.join('\n');
}

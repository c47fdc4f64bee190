const fence = /^[ \t]{0,12}(`{3,}|~{3,}(?!~))([^`]*)$/;

/** No sensible text nests them deeper. */
const mostOpen = 8;

interface OpenFence {
  marker: string;
  /** Prose is often fenced, as is a Markdown file. */
  holds: 'prose' | 'file';
}

/**
 * Whether a line of a reply is in a code block, as far as that is clear while it arrives. This is not the scanner that turns replies into files: it only
 * decides how cautious to be with repetition.
 */
export class FenceLines {
  readonly #open: OpenFence[] = [];

  /** @returns whether this line, without its line break, opens or closes a block. */
  line(text: string): boolean {
    const [, marker, info = ''] = fence.exec(text) ?? [];
    if (marker === undefined) return false;
    const innermost = this.#open.at(-1);
    const bare = info.trim() === '';
    if (innermost !== undefined && bare && marker.startsWith(innermost.marker)) this.#open.pop();
    else if (this.#open.length < mostOpen && (innermost === undefined || (innermost.holds === 'prose' && !bare)))
      this.#open.push({ marker, holds: holdsProse(info) ? 'prose' : 'file' });
    else return false;
    return true;
  }

  get within(): 'prose' | 'file' {
    return this.#open.at(-1)?.holds ?? 'prose';
  }

  /** The lines that close what is open, innermost first. */
  get closing(): string[] {
    return this.#open.map(({ marker }) => marker).toReversed();
  }
}

function holdsProse(info: string): boolean {
  return /^\s*(?:markdown|md)\b/i.test(info);
}

/** The text to append so that no code block is left open; empty if none is open. */
export function closeFences(text: string): string {
  const fences = new FenceLines();
  for (const line of text.split(/\r?\n/)) fences.line(line);
  const { closing } = fences;
  return closing.length === 0 ? '' : `${text.endsWith('\n') ? '' : '\n'}${closing.join('\n')}\n`;
}

const fence = /^[ \t]{0,12}(`{3,}|~{3,}(?!~))([^`]*)$/;

/** Deeper ones are of no text that makes sense. */
const mostOpen = 8;

interface OpenFence {
  marker: string;
  /** Prose is often put into a fence of its own, as is a Markdown file. */
  holds: 'prose' | 'file';
}

/**
 * Whether a line of a reply stands in a code block, as far as that can be told while it arrives. Not the reading that makes files of replies: here it only
 * decides how careful to be with what repeats itself.
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

/** What a text needs at its end so that no code block is open in it; empty where none is. */
export function closeFences(text: string): string {
  const fences = new FenceLines();
  for (const line of text.split(/\r?\n/)) fences.line(line);
  const { closing } = fences;
  return closing.length === 0 ? '' : `${text.endsWith('\n') ? '' : '\n'}${closing.join('\n')}\n`;
}

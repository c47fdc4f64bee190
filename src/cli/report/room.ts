import type { Html } from './html.ts';

/** What a page may hold, so that it stays small, and what was left out for that. */
export class Room {
  /** Of what there would be room for. A page that became too large is made again with less. */
  readonly #share: number;
  /** What is not on the page; sentences. */
  readonly left: string[] = [];

  constructor(share: number) {
    this.#share = share;
  }

  bytes(whole: number): number {
    return Math.floor(whole * this.#share);
  }

  /** The first of a list; the page says where these are not all. `what`: as in `steps`. */
  first<Item>(items: readonly Item[], most: number, what: string): readonly Item[] {
    const count = Math.max(1, Math.floor(most * this.#share));
    if (items.length <= count) return items;
    this.left.push(`Of ${items.length.toLocaleString('en-US')} ${what} the first ${count.toLocaleString('en-US')} are shown.`);
    return items.slice(0, count);
  }

  /**
   * Texts as markup that takes no more bytes than `whole` together: short ones are whole, long ones are cut alike. `shown`: how many characters are.
   * `what`: as in `replies`.
   */
  fit(
    texts: readonly string[],
    render: (text: string, index: number) => Html,
    { whole, what }: { whole: number; what: string },
  ): FittedText[] {
    const room = this.bytes(whole);
    const byText = fairLimit(
      texts.map((text) => Buffer.byteLength(text)),
      room,
    );
    const first = texts.map((text, index) => fitted(cutTo(text, byText), index, render));
    const byMarkup = fairLimit(first.map(sizeOf), room);
    const all = first.map((each, index) => (sizeOf(each) <= byMarkup ? each : squeeze(each, { index, render, most: byMarkup })));
    const cut = all.filter(({ shown }, index) => shown < (texts[index]?.length ?? 0)).length;
    if (cut > 0) this.left.push(`Of ${cut.toLocaleString('en-US')} long ${what} only the beginning is shown.`);
    return all.map(({ html, shown }) => ({ html, shown }));
  }
}

export interface FittedText {
  html: Html;
  /** How many characters of the text are shown. */
  shown: number;
}

interface Fitted extends FittedText {
  text: string;
}

type Render = (text: string, index: number) => Html;

function fitted(text: string, index: number, render: Render): Fitted {
  return { html: render(text, index), shown: text.length, text };
}

function sizeOf({ html }: FittedText): number {
  return Buffer.byteLength(html.text);
}

/** Markup may be several times as large as its text: each try is shorter by what was too much. */
function squeeze(from: Fitted, { index, render, most }: { index: number; render: Render; most: number }): Fitted {
  let now = from;
  for (let size = sizeOf(now); size > most && now.text !== ''; size = sizeOf(now)) {
    const bytes = Math.floor(Buffer.byteLength(now.text) * Math.min(0.9, most / size));
    now = fitted(cutTo(now.text, bytes), index, render);
  }
  return now;
}

/** The longest that each may be, so that all together take no more than `whole`. */
export function fairLimit(sizes: readonly number[], whole: number): number {
  let left = whole;
  const sorted = sizes.toSorted((one, other) => one - other);
  for (const [index, size] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.MAX_SAFE_INTEGER;
}

/** The beginning of a text, at the end of a line where one is near. */
function cutTo(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const cut = Buffer.from(text.slice(0, bytes))
    .subarray(0, Math.max(0, bytes))
    .toString('utf8')
    .replace(/\u{fffd}{1,3}$/u, '');
  const line = cut.lastIndexOf('\n');
  return line > cut.length - 300 && line > 0 ? cut.slice(0, line + 1) : cut;
}

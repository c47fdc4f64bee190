import { textWidth } from '../src/cli/views/text-width.ts';

/** How a piece of text looks. Colours are those of SVG. */
interface Style {
  colour?: string | undefined;
  background?: string | undefined;
  bold?: boolean | undefined;
  dim?: boolean | undefined;
  italic?: boolean | undefined;
  underlined?: boolean | undefined;
  reversed?: boolean | undefined;
}

interface Piece {
  column: number;
  text: string;
  style: Style;
}

export interface TerminalPictureOptions {
  /** Says what is to be seen, for those who do not see it. */
  title: string;
  /** Of the terminal. */
  columns: number;
}

const [paper, ink] = ['#12181f', '#d7dde3'];
const basic = ['#484f58', '#ff7b72', '#7ee787', '#e3b341', '#79c0ff', '#d2a8ff', '#76e3ea', '#b1bac4'] as const;
const bright = ['#6e7681', '#ffa198', '#aff5b4', '#f2cc60', '#a5d6ff', '#e2c5ff', '#b3f0ff', '#ffffff'] as const;
/** Pixels. */
const [letterWidth, lineHeight, fontSize, margin, bar] = [8.4, 20, 14, 20, 38];

/**
 * Draws what a terminal shows as an SVG, with its colours.
 * @param screen Lines with the sequences for colours and weights (SGR), as `tmux capture-pane -e -p` prints them. All other control characters are left out.
 */
export function terminalPicture(screen: string, { title, columns }: TerminalPictureOptions): string {
  const lines = readScreen(screen);
  const width = Math.ceil(columns * letterWidth + 2 * margin);
  const height = bar + lines.length * lineHeight + margin;
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map((fill, index) => `<circle cx="${22 + index * 20}" cy="19" r="6" fill="${fill}"/>`);
  const parts = lines.flatMap((pieces, row) => pieces.flatMap((piece) => drawn(piece, bar + row * lineHeight)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escape(title)}</title>
<rect width="${width}" height="${height}" rx="10" fill="${paper}"/>
${buttons.join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}">
${parts.join('\n')}
</g>
</svg>
`;
}

/** A change of the style, text, or another sequence: to move, of a set of letters, or one that names something. */
// oxlint-disable-next-line no-control-regex -- that is what it looks for
const part = /\u001B\[(?<codes>[\d;]*)m|(?<text>[^\u001B]+)|\u001B(?:\[[\d;?]*[@-~]|[()].|\][^\u001B\u0007]*(?:\u0007|\u001B\\)?)?/g;

/** The lines of a screen without the empty ones at its end. A style holds on into the next line. */
function readScreen(screen: string): Piece[][] {
  let style: Style = {};
  const lines = screen.split('\n').map((line) => {
    const pieces: Piece[] = [];
    let column = 0;
    for (const { groups: { codes, text = '' } = {} } of line.matchAll(part)) {
      if (codes !== undefined) style = changed(style, codes);
      const shown = text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '');
      if (shown !== '') pieces.push({ column, text: shown, style });
      column += textWidth(shown);
    }
    return pieces.filter(({ text, style: { background, reversed } }) => text.trim() !== '' || background !== undefined || reversed);
  });
  return lines.slice(0, lines.findLastIndex((pieces) => pieces.length > 0) + 1);
}

/** A style after the codes of one sequence; codes that change nothing here are passed over. */
function changed(before: Style, codes: string): Style {
  let style = before;
  const numbers = codes.split(';').map(Number);
  for (let at = 0; at < numbers.length; at += 1) {
    const code = numbers[at]!;
    if (code === 38 || code === 48) {
      const [colour, length] = extended(numbers.slice(at + 1));
      style = { ...style, [code === 38 ? 'colour' : 'background']: colour };
      at += length;
    } else style = { ...(code === 0 ? {} : style), ...simple(code) };
  }
  return style;
}

function simple(code: number): Style {
  const tens = Math.floor(code / 10);
  const colour = code % 10;
  if ((tens === 3 || tens === 4) && colour === 9) return tens === 3 ? { colour: undefined } : { background: undefined };
  if (colour < 8 && tens === 3) return { colour: basic[colour] };
  if (colour < 8 && tens === 4) return { background: basic[colour] };
  if (colour < 8 && tens === 9) return { colour: bright[colour] };
  if (colour < 8 && tens === 10) return { background: bright[colour] };
  return effects[code] ?? {};
}

const effects: Readonly<Record<number, Style>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underlined: true },
  7: { reversed: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underlined: false },
  27: { reversed: false },
};

/** A colour of the 256, or of red, green and blue, and how many numbers it takes. */
function extended([kind, ...rest]: number[]): [colour: string | undefined, length: number] {
  if (kind === 2) return [`rgb(${rest.slice(0, 3).map(byte).join(',')})`, 4];
  const [number = 0] = rest;
  if (kind !== 5) return [undefined, 0];
  if (number < 16) return [number < 8 ? basic[number] : bright[number - 8], 2];
  if (number >= 232)
    return [
      `rgb(${Array(3)
        .fill(byte(8 + (number - 232) * 10))
        .join(',')})`,
      2,
    ];
  const cube = [Math.floor((number - 16) / 36), Math.floor((number - 16) / 6) % 6, (number - 16) % 6];
  return [`rgb(${cube.map((step) => (step === 0 ? 0 : 55 + step * 40)).join(',')})`, 2];
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.trunc(value) || 0));
}

function drawn({ column, text, style }: Piece, top: number): string[] {
  const { bold, dim, italic, underlined, reversed } = style;
  const [front = ink, back] = reversed ? [style.background ?? paper, style.colour ?? ink] : [style.colour, style.background];
  const place = (from: number, letters: string) => ({
    x: round(margin + (column + from) * letterWidth),
    width: round(textWidth(letters) * letterWidth),
  });
  const looks = [
    bold ? ' font-weight="bold"' : '',
    italic ? ' font-style="italic"' : '',
    underlined ? ' text-decoration="underline"' : '',
    dim ? ' opacity="0.6"' : '',
  ].join('');
  const { x, width } = place(0, text);
  const behind = back === undefined ? [] : [`<rect x="${x}" y="${top}" width="${width}" height="${lineHeight}" fill="${back}"/>`];
  // Viewers take several spaces for one. The width is given, since fonts differ.
  const words = [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: letters, index }) => {
    const at = place(textWidth(text.slice(0, index)), letters);
    return `<text x="${at.x}" y="${top + 15}" textLength="${at.width}" fill="${front}"${looks}>${escape(letters)}</text>`;
  });
  return [...behind, ...words];
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

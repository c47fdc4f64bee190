import { printable } from '../../utils/printable.ts';

/** Markup that this program has written. Only `html` makes it, and `trustedHtml` of what is a constant of the program. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = string | number | Html | undefined | readonly HtmlValue[];

/**
 * Markup with values in it. A text becomes text, whoever wrote it: no character of it is markup, ends an attribute (which stands in double quotes), is obeyed by a terminal, or
 * changes the direction of what stands beside it. Lists are joined; undefined is nothing.
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  const own = withoutIndentation(strings);
  const parts: string[] = [own[0] ?? ''];
  for (const [index, value] of values.entries()) parts.push(textOf(value), own[index + 1] ?? '');
  return new Html(parts.join(''));
}

/** A constant of the program as it is. Never for anything that was read. */
export function trustedHtml(constant: string): Html {
  return new Html(constant);
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** How the code is laid out is none of the page's business; nothing that stands in a `pre` has lines in the code. */
function withoutIndentation(strings: TemplateStringsArray): readonly string[] {
  const own = known.get(strings) ?? strings.map((text) => text.replaceAll(/\n\s*/g, '\n'));
  known.set(strings, own);
  return own;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function textOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return printable(value).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
  return value.map(textOf).join('');
}

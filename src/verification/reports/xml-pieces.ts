export type XmlPiece =
  | { kind: 'open'; name: string; attributes: ReadonlyMap<string, string>; isEmpty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

const mostAttributes = 50;
const longestValue = 8000;

/**
 * The elements and texts of XML that an unknown program wrote, in one pass; several documents in a row are accepted. A document type is skipped, so that its
 * entities are not expanded and nothing is fetched; anything that is not XML ends the reading.
 */
export function* xmlPieces(xml: string): Generator<XmlPiece> {
  let at = 0;
  while (at < xml.length) {
    const tag = xml.indexOf('<', at);
    if (tag !== at) yield { kind: 'text', text: decoded(xml.slice(at, tag === -1 ? undefined : tag)) };
    if (tag === -1) return;
    const special = specials.find(({ begin }) => xml.startsWith(begin, tag));
    const end = special === undefined ? endOfTag(xml, tag + 1) : xml.indexOf(special.end, tag + special.begin.length);
    if (end === -1) return;
    if (special === undefined) yield readTag(xml.slice(tag + 1, end));
    else if (special.begin === '<![CDATA[') yield { kind: 'text', text: xml.slice(tag + special.begin.length, end) };
    at = end + (special?.end.length ?? 1);
  }
}

/** A document type with declarations of its own ends with its first `]>` or `>`; the rest of it is text outside any element. */
const specials = [
  { begin: '<!--', end: '-->' },
  { begin: '<![CDATA[', end: ']]>' },
  { begin: '<?', end: '?>' },
  { begin: '<!', end: '>' },
] as const;

/** A `>` may stand in the value of an attribute. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at += 1) {
    const character = xml[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return -1;
}

function readTag(tag: string): XmlPiece {
  if (tag.startsWith('/')) return { kind: 'close', name: tag.slice(1).trim() };
  const isEmpty = tag.endsWith('/');
  const name = /^[^\s/]{0,100}/.exec(tag)?.[0] ?? '';
  return { kind: 'open', name, attributes: readAttributes(tag.slice(name.length)), isEmpty };
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  let at = 0;
  while (attributes.size < mostAttributes) {
    const equals = text.indexOf('=', at);
    if (equals === -1) break;
    const name = text.slice(at, equals).trim();
    let begin = equals + 1;
    while (text[begin] === ' ') begin += 1;
    const quote = text[begin];
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, begin + 1) : -1;
    if (end === -1) break;
    attributes.set(name, decoded(text.slice(begin + 1, Math.min(end, begin + 1 + longestValue))));
    at = end + 1;
  }
  return attributes;
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

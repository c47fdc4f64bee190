const oddSpaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const invisible = /\u200B|\u200C|\u200D|\u2060|\uFE0F/g;
/** Signs that other keyboards have in place of these. */
const likenesses: readonly (readonly [RegExp, string])[] = [
  [/[：﹕︰]/g, ':'],
  [/（/g, '('],
  [/）/g, ')'],
  [/[“”„«»「」『』]/g, '"'],
  [/[‘’‚]/g, "'"],
];
/** HTML that stands for emphasis, headings or items; `code` for backticks. */
const tags =
  /<\/?(?:b|strong|i|em|u|p|li|summary|h[1-6]|span|kbd|tt|code|filename|file_?path|path|title|source|name|document|documents)(?:\s[^<>]{0,200})?>/gi;
const longest = 1000;

/**
 * A line of text as it reads: Markdown's escapes undone, odd spaces and signs of other keyboards as the usual ones, and without HTML's emphasis. Lines
 * that are longer than any that names a file come back as they are.
 */
export function plainLine(line: string): string {
  if (line.length > longest) return line;
  let text = line;
  if (/[^ -~]/.test(text)) {
    text = text.replaceAll(oddSpaces, ' ').replaceAll(invisible, '');
    for (const [sign, usual] of likenesses) text = text.replaceAll(sign, usual);
  }
  if (text.includes('<')) {
    text = withoutCommentMarks(text).replaceAll(tags, (tag) => (/^<\/?(?:code|tt|kbd)\b/i.test(tag) ? '`' : ''));
  }
  if (text.includes('\\')) text = text.replaceAll(/\\([_*`~#[\](){}!+.-])/g, (whole, sign: string) => (sign === '.' ? whole : sign));
  return text.replaceAll(/(?<! ) +:/g, ':').trim();
}

function withoutCommentMarks(text: string): string {
  return text.length >= 7 && text.startsWith('<!--') && text.endsWith('-->') ? text.slice(4, -3).trim() : text;
}

/** What a line says without the marks of headings, list items, boxes to tick, pictures and numbers before it. */
export function withoutLead(text: string): string {
  let rest = text;
  for (;;) {
    const next = rest.replace(lead, '').trimStart();
    if (next === rest) return rest;
    rest = next;
  }
}

const step = '(?:\\*\\*|__)?(?:step|schritt|étape|paso|passo|шаг|file|datei|fichier)\\s+#?\\d{1,3}(?:\\*\\*|__)?\\s*[.):/–—-]+\\s*(?=\\S)';
const numbered =
  '(?:[IVX]{1,5}[.)](?=\\s)|[一二三四五六七八九十]{1,3}[、．.)]|(?:第\\s*)?\\d{1,3}(?:\\.\\d{1,3})*\\s*(?:[.)](?=\\s)|[、．，:)]|步[:：]?))\\s*';
const picture = '(?:[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]|[→⇒➜▶↓⬇])+\\s*';
const lead = new RegExp(
  `^(?:#{1,6}\\s+|[-*+•▸►➤●○■◆★☆◇‣▪]\\s+|\\[[ xX]\\]\\s+|${step}|${numbered}|\\(\\d{1,3}\\)\\s*|[a-z]\\)\\s+|[①-⑳]\\s*|${picture})`,
  'iu',
);

/** A line that is drawn, such as those under headings: it says nothing. */
export function isRule(text: string): boolean {
  return text.length >= 2 && text.length <= 300 && /^(?:=+|-+|_+|\*+|~+|[─━═]+)$/.test(text);
}

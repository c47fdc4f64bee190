const oddSpaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const invisible = /\u200B|\u200C|\u200D|\u2060|\uFE0F/g;
/** Signs that other keyboards use instead of these. */
const likenesses: readonly (readonly [RegExp, string])[] = [
  [/[：﹕︰]/g, ':'],
  [/（/g, '('],
  [/）/g, ')'],
  [/[“”„«»「」『』]/g, '"'],
  [/[‘’‚]/g, "'"],
];
/** HTML for emphasis, headings or items; `code` for backticks. */
const tags =
  /<\/?(?:b|strong|i|em|u|p|li|summary|h[1-6]|span|kbd|tt|code|filename|file_?path|path|title|source|name|document|documents)(?:\s[^<>]{0,200})?>/gi;
const longest = 1000;

/**
 * A line of text as it reads: without Markdown escapes and HTML emphasis, and with the usual spaces and signs instead of odd ones. A line that is too long to
 * name a file is returned as it is.
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

/** A line without leading marks of headings, list items, check boxes, pictures and numbers. */
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

/** Whether a line is only drawn, such as those under headings. */
export function isRule(text: string): boolean {
  return text.length >= 2 && text.length <= 300 && /^(?:=+|-+|_+|\*+|~+|[─━═]+)$/.test(text);
}

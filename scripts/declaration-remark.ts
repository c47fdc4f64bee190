/** What a remark above a declaration says. Empty: it does not say that. */
export interface Remark {
  text: string;
  /** Each: `name What it is.` */
  parameters: string[];
  returns: string;
  throws: string[];
  /** Code without imports from this package. */
  example: string;
}

/** Takes a remark (`/** … *\/`, or nothing) apart. */
export function parseRemark(remark: string): Remark {
  const lines = remark
    .replace(/^\/\*\*/, '')
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^ *\* ?/, '').trimEnd());
  const [before = '', ...examples] = lines.join('\n').split(/^@example\n/m);
  const [text = '', ...tags] = before.split(/(?:^|\s)(?=@(?:param|returns|throws) )/);
  const tagged = (tag: string) =>
    tags.flatMap((written) => (written.startsWith(`@${tag} `) ? [asParagraphs(written.slice(tag.length + 2))] : []));
  return {
    text: asParagraphs(text),
    parameters: tagged('param'),
    returns: tagged('returns').join(' '),
    throws: tagged('throws'),
    example: examples.join('\n').trim(),
  };
}

/** Lines are as long as the source has room for; items of a list begin lines of their own. */
const asParagraphs = (text: string) => text.trim().replaceAll(/(?<!\n)\n *(?!\n|- )/g, ' ');

/** The first sentence of a text. */
export function firstSentence(text: string): string {
  return /^(?:`[^`]*`|[^`])*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, '.') ?? '';
}

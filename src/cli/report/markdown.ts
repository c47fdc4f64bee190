import { type Token, type Tokens, Lexer } from 'marked';
import { html, type Html } from './html.ts';

/** What a block of code in a text became. Undefined: nothing. */
export type CodeLabel = (code: string) => string | undefined;

/** Beyond this a text is hardly read, and reading it as Markdown could take long: the rest is shown as it is. */
const longestRead = 60_000;
const longestParagraph = 2_000;
/** Lines that begin deeper in lists and quotes than anybody writes. */
const deepest = 12;

/**
 * A text as its Markdown is meant, whoever wrote it: markup in it stays text, no picture is loaded, and only addresses of the web become links, with the host beside them. Its
 * headings come below those of the page.
 */
export function markdown(text: string, labelOf: CodeLabel = () => undefined): Html {
  if (text.length > longestRead) {
    const end = text.lastIndexOf('\n', longestRead - 1);
    const at = end > 0 ? end + 1 : longestRead;
    return html`${markdown(text.slice(0, at), labelOf)}
      <pre tabindex="0">${text.slice(at)}</pre>`;
  }
  if (isTooDeep(text)) return html`<pre tabindex="0">${text}</pre>`;
  try {
    return html`${tokensOf(text).map((token) => block(token, labelOf))}`;
  } catch {
    return html`<pre tabindex="0">${text}</pre>`;
  }
}

/** What is within the lines of long paragraphs is not read: marks without an end take the square of the time there. */
function tokensOf(text: string): Token[] {
  const lexer = new Lexer();
  const tokens = lexer.blockTokens(text.replaceAll(/\r\n|\r/g, '\n'));
  for (const { src, tokens: within } of lexer.inlineQueue) {
    if (src.length <= longestParagraph) lexer.inlineTokens(src, within);
    else within.push({ type: 'text', raw: src, text: src });
  }
  levelHeadings(tokens);
  return tokens;
}

/** The highest headings of a text come right below those of the page, and no level is left out on the way down. */
function levelHeadings(tokens: readonly Token[]): void {
  const headings = tokens.filter((token): token is Tokens.Heading => token.type === 'heading');
  const highest = Math.min(...headings.map(({ depth }) => depth));
  let last = 0;
  for (const heading of headings) {
    last = Math.min(heading.depth - highest + 1, last + 1);
    heading.depth = last;
  }
}

/** Nested quotes and lists are read by recursion; a line of nothing but one mark is a rule. */
function isTooDeep(text: string): boolean {
  return text.split('\n').some((line) => {
    const [head = ''] = /^[ \t>*+\-\d.)]*/.exec(line) ?? [];
    const nested = (head.match(/[>*+\-.)]/g) ?? []).length;
    return nested > deepest && new Set(line.replaceAll(/[ \t]/g, '')).size > 1;
  });
}

function block(token: Token, labelOf: CodeLabel): Html {
  const inner = (tokens: Token[] | undefined) => (tokens ?? []).map((each) => block(each, labelOf));
  switch (token.type) {
    case 'space':
      return html``;
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      const level = Math.min(6, depth + 3);
      return html`<p role="heading" aria-level="${level}" class="h">${inlines(tokens)}</p>`;
    }
    case 'paragraph':
      return html`<p>${inlines((token as Tokens.Paragraph).tokens)}</p>`;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens === undefined ? html`${text}` : html`${inlines(tokens)}`;
    }
    case 'code': {
      const { text, lang } = token as Tokens.Code;
      const label = labelOf(text);
      const code = html`<pre tabindex="0"><code>${text}</code></pre>`;
      if (label !== undefined)
        return html`<figure class="became">
          <figcaption>${label}</figcaption>
          ${code}
        </figure>`;
      return lang === undefined || lang === ''
        ? code
        : html`<figure>
            <figcaption>${lang.slice(0, 200)}</figcaption>
            ${code}
          </figure>`;
    }
    case 'blockquote':
      return html`<blockquote>${inner((token as Tokens.Blockquote).tokens)}</blockquote>`;
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      const all = items.map((item) => html`<li>${item.task ? (item.checked ? '☑ ' : '☐ ') : ''}${inner(item.tokens)}</li>`);
      return ordered
        ? html`<ol>
            ${all}
          </ol>`
        : html`<ul>
            ${all}
          </ul>`;
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      const head = header.map((cell) => html`<th scope="col">${inlines(cell.tokens)}</th>`);
      const body = rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${inlines(cell.tokens)}</td>`)}
          </tr>`,
      );
      return html`<div class="wide" tabindex="0" role="group" aria-label="A table of the reply">
        <table>
          <thead>
            <tr>
              ${head}
            </tr>
          </thead>
          <tbody>
            ${body}
          </tbody>
        </table>
      </div>`;
    }
    case 'hr':
      return html`<hr />`;
    case 'def':
    case 'html':
      return html`<p>${token.raw}</p>`;
    default:
      return inline(token);
  }
}

function inlines(tokens: Token[] | undefined): Html[] {
  return (tokens ?? []).map(inline);
}

function inline(token: Token): Html {
  switch (token.type) {
    case 'text':
    case 'escape': {
      const { tokens, text } = token as Tokens.Text;
      return tokens === undefined ? html`${text}` : html`${inlines(tokens)}`;
    }
    case 'strong':
      return html`<strong>${inlines((token as Tokens.Strong).tokens)}</strong>`;
    case 'em':
      return html`<em>${inlines((token as Tokens.Em).tokens)}</em>`;
    case 'del':
      return html`<s>${inlines((token as Tokens.Del).tokens)}</s>`;
    case 'codespan':
      return html`<code>${(token as Tokens.Codespan).text}</code>`;
    case 'br':
      return html`<br />`;
    case 'link':
      return link(token as Tokens.Link);
    case 'image': {
      const { text, href } = token as Tokens.Image;
      return html`[picture, not loaded: ${text} ${href}]`;
    }
    case 'checkbox':
      return html``;
    default:
      return html`${token.raw}`;
  }
}

/** Where it leads is said, whatever its text claims. */
function link({ href, tokens, raw }: Tokens.Link): Html {
  const address = URL.parse(href);
  if (address === null || !['http:', 'https:'].includes(address.protocol) || address.username !== '' || address.password !== '')
    return html`${raw}`;
  return html`<a href="${address.href}" rel="noopener noreferrer nofollow">${inlines(tokens)}</a> (${address.host})`;
}

import { Lexer, type Token, type Tokens } from 'marked';

/** A page in Markdown as text for a terminal. A paragraph is one line, to be broken by whoever knows the width. */
export function pageText(markdown: string): string {
  return `${blocks(Lexer.lex(markdown)).join('\n\n')}\n`;
}

function blocks(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    const text = block(token);
    return text === '' ? [] : [text];
  });
}

function block(token: Token): string {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      const text = inline(tokens);
      const line = ['=', '-'][depth - 1];
      return line === undefined ? text : `${text}\n${line.repeat(text.length)}`;
    }
    case 'paragraph':
    case 'text':
      return inline((token as Tokens.Paragraph).tokens ?? [token]);
    case 'code':
      return indented((token as Tokens.Code).text);
    case 'blockquote':
      return indented(blocks((token as Tokens.Blockquote).tokens).join('\n\n'));
    case 'list':
      return list(token as Tokens.List);
    case 'table':
      return table(token as Tokens.Table);
    default:
      // Space, and comments, which are marks for our own scripts.
      return '';
  }
}

function list({ items, ordered, start, loose }: Tokens.List): string {
  const first = start === '' ? 1 : start;
  return items
    .map((item, index) => {
      const mark = ordered ? `${first + index}. ` : '- ';
      return mark + indented(blocks(item.tokens).join(loose ? '\n\n' : '\n'), ' '.repeat(mark.length)).trimStart();
    })
    .join(loose ? '\n\n' : '\n');
}

/** Cells hold sentences, which no terminal is wide enough for: each row is the first cell with the others below it. */
function table({ header, rows }: Tokens.Table): string {
  const heads = header.map(({ tokens }) => inline(tokens));
  return rows
    .map((row) => {
      const [first = '', ...others] = row.map(({ tokens }) => inline(tokens));
      const below = others.map((cell, index) => (cell === '' ? [] : [others.length === 1 ? cell : `${heads[index + 1] ?? ''}: ${cell}`]));
      return [first, ...below.flat().map((cell) => indented(cell))].join('\n');
    })
    .join('\n');
}

function inline(tokens: readonly Token[]): string {
  return tokens.map(word).join('');
}

function word(token: Token): string {
  switch (token.type) {
    case 'link': {
      const { tokens, href } = token as Tokens.Link;
      return linked(inline(tokens), href);
    }
    case 'image':
      return `[${(token as Tokens.Image).text}]`;
    case 'br':
      return '\n';
    case 'html':
      return '';
    case 'codespan':
    case 'escape':
      return (token as Tokens.Codespan).text;
    default: {
      const { tokens, text, raw } = token as Tokens.Text;
      return tokens === undefined ? (text ?? raw).replaceAll('\n', ' ') : inline(tokens);
    }
  }
}

/** A link to another page says how to see it here. */
function linked(text: string, href: string): string {
  const page = /^([a-z-]+)\.md(?:#|$)/.exec(href)?.[1];
  if (page !== undefined) return text === `${page}.md` ? `"multiagent help ${page}.md"` : `${text} (multiagent help ${page}.md)`;
  if (!/^https?:/.test(href)) return text;
  return text === href ? text : `${text} (${href})`;
}

function indented(text: string, by = '  '): string {
  return text.replaceAll(/^(?=.)/gm, by);
}

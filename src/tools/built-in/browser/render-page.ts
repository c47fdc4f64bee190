import { printable, printableLine, shorten } from '../../../utils/printable.ts';
import { type PageProblem, projectOrigin, type SeenPage } from './seen-page.ts';

const most = { problems: 15, problem: 300, name: 200 };

/** What says most about the page comes first. */
const words: Readonly<Record<PageProblem['kind'], string>> = {
  uncaught: 'uncaught exception',
  console: 'error in the console',
  missing: 'not loaded',
  refused: 'refused',
  asked: 'asked for',
};

/** What a model is told of a page: what went wrong stands first, because a long page is cut behind it. Each line of the page begins with `-` or a space. */
export function renderPage(page: Extract<SeenPage, { kind: 'seen' }>): string {
  const title = page.title === '' ? 'It has no title.' : `Its title: ${line(page.title, most.name)}`;
  const outline = page.outline === '' ? 'Nothing is to be seen on it.' : `What is on it:\n${printable(withoutOrigin(page.outline))}`;
  return `The page ${line(page.address, most.name)}. ${title}\n${renderProblems(page)}\n${outline}\n`;
}

const order = Object.keys(words);

/** What went wrong, a line each. */
export function renderProblems({ problems, more }: Pick<SeenPage, 'problems' | 'more'>): string {
  const shown = problems.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, most.problems);
  const rest = more + problems.length - shown.length;
  if (shown.length === 0) return 'Nothing went wrong.';
  const lines = shown.map(({ kind, text }) => `- ${words[kind]}: ${line(text, most.problem)}`);
  return ['What went wrong:', ...lines, ...(rest === 0 ? [] : [`- and ${rest} more`])].join('\n');
}

function line(text: string, length: number): string {
  return shorten(printableLine(withoutOrigin(text)), length);
}

/** Files of the project by the names that they have there. */
function withoutOrigin(text: string): string {
  return text.replaceAll(`${projectOrigin}/`, '');
}

import { z } from 'zod';
import { printableLine, shorten } from '../../../utils/printable.ts';
import { redactSecrets } from '../../../utils/redact-secrets.ts';
import { cutText } from '../../output/cut-output.ts';
import { errorResult, type Tool } from '../../tool.ts';
import { findBrowser } from './find-browser.ts';
import { openPage } from './open-page.ts';
import { namedPage, unfitFile } from './page-to-open.ts';
import { renderPage, renderProblems } from './render-page.ts';

const parameters = z.object({
  page: z
    .string()
    .trim()
    .min(1, 'it must not be empty')
    .describe('A file of the project, such as index.html, or a server on this machine, such as http://localhost:3000/'),
});

const mostReason = 400;

/**
 * A page as a browser shows it. A page of the project reaches its files and nothing else, which is no more than a command could do; one of a server reaches this machine,
 * and with it whatever listens there.
 */
export const lookAtPage: Tool<typeof parameters> = {
  name: 'look_at_page',
  description:
    'Opens a page of the project, or of a server on this machine, in a browser: its text, headings, links, fields and buttons, and what went wrong.',
  example: 'look_at_page("index.html")',
  parameters,
  // Asked without arguments where tools are listed.
  risk: ({ page = '' }: { page?: string }) => (namedPage(page).kind === 'server' ? 'network' : 'execute'),
  async execute({ page: name }, context) {
    const { workspace, environment, secrets, output } = context;
    const page = namedPage(name);
    if (page.kind === 'refused') return errorResult(page.message);
    const unfit = page.kind === 'file' ? unfitFile(workspace, page.path) : undefined;
    if (unfit !== undefined) return errorResult(unfit);
    const seen = await openPage(page, findBrowser(environment), context);
    const clean = (text: string) => String(redactSecrets(text, { secrets }));
    if (seen.kind === 'failed') {
      const problems = seen.problems.length === 0 ? '' : `\n${renderProblems(seen)}`;
      return errorResult(clean(`The page was not opened: ${shorten(printableLine(seen.why), mostReason)}.${problems}`));
    }
    const { text, cut } = cutText(clean(renderPage(seen)), output);
    const metadata = { page: page.kind === 'file' ? page.path : page.address, problems: seen.problems.length + seen.more };
    return { output: text, isError: false, metadata, ...(cut === undefined ? {} : { cut }) };
  },
};

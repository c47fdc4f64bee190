import { z } from 'zod';
import { cutText } from '../output/cut-output.ts';
import { printable } from '../../utils/printable.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import type { Tool } from '../tool.ts';

/**
 * The tools that agents of a botserver have: who does each, and what a model is told of it. One that this machine has itself (`database_query`) is not among them:
 * what can be done here is not handed to others.
 */
const routes: Readonly<Record<string, readonly [agent: string, description: string]>> = {
  code_refactor: ['editor', 'Has code that is quoted in the request restructured.'],
  syntax_check: ['editor', 'Has code that is quoted in the request checked for syntax.'],
  schema_visualize: ['database', 'Has the schema of a database drawn.'],
  optimize_query: ['database', 'Has a query that is quoted in the request made faster.'],
  git_commit: ['git', 'Has a commit written.'],
  git_branch: ['git', 'Has a branch made or looked at.'],
  git_merge: ['git', 'Has a branch merged.'],
  test_generate: ['test', 'Has tests written for code that is quoted in the request.'],
  coverage_report: ['test', 'Has the coverage of tests reported.'],
  browser_record: ['browser', 'Has something done in a browser and recorded.'],
  page_test: ['browser', 'Has a page tried in a browser.'],
  shell_execute: ['terminal', 'Has a command run on the machine of the agents, which is not this project.'],
  docker_build: ['terminal', 'Has an image built.'],
  docs_generate: ['docs', 'Has documentation written for what is quoted in the request.'],
  api_docs: ['docs', 'Has an interface that is quoted in the request documented.'],
  security_scan: ['security', 'Has code that is quoted in the request looked through for weaknesses.'],
  vulnerability_check: ['security', 'Has packages that are named in the request looked up for known weaknesses.'],
};

export const agentToolNames: readonly string[] = Object.keys(routes);

export function isAgentTool(name: string): boolean {
  return Object.hasOwn(routes, name);
}

/** Asks an agent, by its name. @returns what it says. @throws MultiagentError. */
export type AskAgent = (agent: string, query: string, signal: AbortSignal) => Promise<string>;

const longest = 20_000;
const parameters = z.object({
  request: z
    .string()
    .trim()
    .min(1, 'it must not be empty')
    .max(longest, `it must have at most ${longest} characters`)
    .describe('What is wanted, in words, with all that the agent has to know: it sees nothing else'),
});

/** A tool that an agent of a botserver does. It is told the request and nothing else; what it does there nobody here sees. @param name One of `agentToolNames`. */
export function agentTool(name: string, ask: AskAgent): Tool {
  const [agent, description] = routes[name] ?? ['builder', 'Has something done.'];
  const tool: Tool<typeof parameters> = {
    name,
    description: `${description} An agent elsewhere does it, which sees the request and nothing else.`,
    example: `${name}("what is wanted, in words")`,
    parameters,
    risk: () => 'network',
    async execute({ request }, { signal, output, secrets }) {
      const said = await ask(agent, `Use your tool ${name} for this request, and answer with what comes of it.\n\n${request}`, signal);
      const { text, cut } = cutText(printable(String(redactSecrets(said, { secrets }))), output);
      const metadata = { agent };
      return { output: text === '' ? 'The agent said nothing.' : text, isError: false, metadata, ...(cut === undefined ? {} : { cut }) };
    },
  };
  return tool;
}

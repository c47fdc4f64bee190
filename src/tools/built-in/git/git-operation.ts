import { z } from 'zod';
import { printable } from '../../../utils/printable.ts';
import { cutText } from '../../output/cut-output.ts';
import { errorResult, type Tool, type ToolContext, type ToolRisk } from '../../tool.ts';
import { withoutHint } from '../without-hint.ts';
import { listBranches, mergeBranch, switchBranch } from './branches.ts';
import { commitChanges } from './commit-changes.ts';
import { showDiff, showLog, showStatus } from './look.ts';
import { openRepository, type Repository } from './repository.ts';

const operations = ['status', 'diff', 'log', 'branch', 'commit', 'merge'] as const;
type Operation = (typeof operations)[number];

const parameters = z.object({
  operation: z.enum(operations, `it must be one of ${operations.join(', ')}; nothing is pushed`),
  name_or_message: z
    .string()
    .max(5000, 'it must have at most 5000 characters')
    .refine((text) => !text.includes('\0'), 'it must not contain a zero byte')
    .optional()
    .describe(
      'For commit: the message. For merge: the branch to merge. For branch: the branch to make or switch to; without it, all are listed',
    ),
});

interface GitWork {
  risk: ToolRisk;
  run(repository: Repository, context: ToolContext): Promise<string>;
}

/** What each operation does, given a name or a message, which may be empty. A sentence says what is missing. */
const works: Readonly<Record<Operation, (text: string) => GitWork | string>> = {
  status: () => ({ risk: 'read', run: showStatus }),
  diff: () => ({ risk: 'read', run: showDiff }),
  log: () => ({ risk: 'read', run: showLog }),
  branch: (name) =>
    name === '' ? { risk: 'read', run: listBranches } : { risk: 'write', run: (repository) => switchBranch(repository, name) },
  commit: (message) =>
    message === ''
      ? 'A commit needs a message: git_operation("commit", "what has changed, and why")'
      : { risk: 'write', run: (repository, context) => commitChanges(repository, message, context) },
  merge: (name) =>
    name === ''
      ? 'A merge needs the name of a branch: git_operation("merge", "name")'
      : { risk: 'write', run: (repository) => mergeBranch(repository, name) },
};

/** What a model does with the Git repository of the project. Nothing leaves this machine, and nothing that the repository names is started. */
export const gitOperation: Tool<typeof parameters> = {
  name: 'git_operation',
  description: 'Shows or records changes of the project with Git: status, diff, log, branch, commit (all that has changed), merge.',
  example: 'git_operation("diff")',
  parameters,
  risk({ operation, name_or_message: text = '' }) {
    const work = works[operation](text.trim());
    return typeof work === 'string' ? 'read' : work.risk;
  },
  async execute({ operation, name_or_message: given = '' }, context) {
    const work = works[operation](given.trim());
    if (typeof work === 'string') return errorResult(work);
    const done = await openRepository(context)
      .then((repository) => work.run(repository, context))
      .catch(withoutHint);
    if (typeof done !== 'string') return done;
    const { text, cut } = cutText(printable(done), context.output);
    return { output: text, isError: false, metadata: { operation }, ...(cut === undefined ? {} : { cut }) };
  },
};

import type { RunMaterial } from '../agents/plans/run-material.ts';
import { turnOf } from '../state/run/turn-of.ts';
import { standingFiles } from './artifacts/standing-files.ts';
import type { RunContext } from './run-context.ts';

/** What a run holds now. A step's own document is among its files on disk, and not among these. */
export async function materialOfRun(run: Pick<RunContext, 'journal' | 'contentOf'>, task: string): Promise<RunMaterial> {
  const { state } = run.journal;
  const replies = new Set(state.artifacts.filter(({ format }) => format === 'reply').map(({ path }) => path));
  const files: { path: string; content: string }[] = [];
  for (const { path, sha256 } of standingFiles(state)) {
    const content = replies.has(path) ? undefined : await run.contentOf(sha256);
    if (content !== undefined) files.push({ path, content: Buffer.from(content).toString('utf8') });
  }
  const tasks = [...state.tasks.values()];
  return {
    requirement: state.input.requirement,
    projectFiles: state.input.files,
    files,
    documents: tasks.flatMap(({ task: name, taskType, expects }) => {
      const text = name === task || expects !== 'text' ? undefined : turnOf(name, state)?.assistant;
      return text === undefined ? [] : [{ taskType, text }];
    }),
    writingSteps: tasks.filter(({ expects }) => expects === 'files').map(({ taskType }) => taskType),
  };
}

import process from 'node:process';
import { runStream } from '../events/run-stream.ts';
import { sweepWorktrees } from '../operations/git/sweep-worktrees.ts';
import { unmarkWorktree } from '../operations/git/worktree-mark.ts';
import { addWorktree, takeBackWorktree } from '../operations/git/worktree.ts';
import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { Worktree } from '../orchestrator/workflow.ts';

export interface InWorktreeOptions {
  orchestrator: AgentOrchestrator;
  /** The id that the run is going to have. */
  run: string;
  /** As on the command line; undefined: no worktree is wanted. */
  branch: string | true | undefined;
  /** Tells a person something. */
  tell: (sentence: string) => void;
}

/** Starts a run on a Git worktree of its own, where one is wanted. Where the run does not begin, the worktree is taken back. */
export async function inWorktree<Result>(
  { orchestrator, run, branch, tell }: InWorktreeOptions,
  work: (worktree: Worktree | undefined) => Promise<Result>,
): Promise<Result> {
  if (branch === undefined) return work(undefined);
  const { workspace, store } = orchestrator;
  const named = branch === true ? {} : { branch };
  await sweepWorktrees({ workspace, store }, process.env);
  const worktree = await addWorktree({ workspace, run, ...named, environment: process.env });
  tell(
    `The run works on the branch ${worktree.branch}, from commit ${worktree.commit.slice(0, 10)} on. What is not committed here is no part of it.`,
  );
  try {
    return await work(worktree);
  } catch (error) {
    if (!(await hasBegun(store, run))) await takeBackWorktree(workspace, worktree, process.env);
    throw error;
  } finally {
    await unmarkWorktree(workspace, run);
  }
}

async function hasBegun(store: AgentOrchestrator['store'], run: string): Promise<boolean> {
  for await (const _ of store.read(runStream(run))) return true;
  return false;
}

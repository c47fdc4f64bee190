import { join } from 'node:path';

/** This program's own folder in a project. */
export const ownFolderName = '.multiagent';

/** The places in it. All paths are absolute if the workspace is. */
export interface WorkspacePlaces {
  /** The history of every run. */
  journal: string;
  /** Project files that runs replaced, a folder for each run. */
  backups: string;
  /** Git worktrees of runs, a folder for each run. */
  worktrees: string;
  /** Requirements that were typed. */
  requirements: string;
  /** What the wizard remembers. */
  wizard: string;
}

export function workspacePlaces(workspace: string): WorkspacePlaces {
  const own = join(workspace, ownFolderName);
  return {
    journal: join(own, 'state.db'),
    backups: join(own, 'backups'),
    worktrees: join(own, 'worktrees'),
    requirements: join(own, 'requirements'),
    wizard: join(own, 'wizard.json'),
  };
}

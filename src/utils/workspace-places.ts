import { join } from 'node:path';

/** The folder that we keep for ourselves in a project. */
export const ownFolderName = '.multiagent';

/** Where things lie in it. All paths are absolute where the workspace is. */
export interface WorkspacePlaces {
  /** The history of every run. */
  journal: string;
  /** What files of runs replaced in the project, a folder for each run. */
  backups: string;
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
    requirements: join(own, 'requirements'),
    wizard: join(own, 'wizard.json'),
  };
}

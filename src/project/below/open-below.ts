import { realpathSync } from 'node:fs';
import { OpenFolder } from '../../files/disk/open-folder.ts';

/**
 * Opens a folder of a project, which may come from elsewhere: step by step from `root`, and through no link.
 * @param path Relative to `root`, with `/`; empty for `root` itself, which may be reached through links.
 * @returns undefined if something on the way is a link or a file. The caller disposes of it. @throws the system's error, such as ENOENT.
 */
export function openBelow(root: string, path: string): OpenFolder | undefined {
  let folder = OpenFolder.open(realpathSync(root));
  for (const segment of path.split('/').filter((each) => each !== '')) {
    if (folder === undefined) return undefined;
    using above: OpenFolder = folder;
    folder = OpenFolder.open(above.entry(segment));
  }
  return folder;
}

import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPath } from '../../files/disk/path-policy.ts';

/** What commands on the files of a run see of packages that were fetched for them. They can read them and change nothing. */
export interface SeenPackages {
  /** Equal for the same packages; empty for none. */
  key: string;
  /** Absolute. */
  readable: readonly string[];
  /** Variables that lead to them. */
  environment: Readonly<Record<string, string>>;
  /** Folders, relative to the files, in which each package of another folder is linked. What tools write beside the packages is then theirs. */
  linked: readonly { at: string; from: string }[];
}

export const noPackages: SeenPackages = { key: '', readable: [], environment: {}, linked: [] };

/** Puts links to packages into a folder of files that nobody else uses. What the files have themselves under such a name stays. */
export async function linkPackages(folder: string, { linked }: SeenPackages): Promise<void> {
  for (const { at, from } of linked) {
    const checked = checkPath(at);
    if (checked.kind === 'refused') continue;
    const place = join(folder, checked.path);
    const names = await readdir(from).catch(() => []);
    if (names.length > 0) await mkdir(place, { recursive: true });
    for (const name of names) await symlink(join(from, name), join(place, name)).catch(() => undefined);
  }
}

import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { hashContent } from '../../utils/hash-content.ts';
import { RowCache, type RowCacheOptions } from './row-cache.ts';

/** The projects that were read last are kept. */
const mostProjects = 50;
const folderName = /^[0-9a-f]{32}$/;

/**
 * What earlier runs found out about the files of one project. It lies in the cache folder of the person, by the project's real path: a project never writes what
 * is believed about it.
 */
export class ProjectCache {
  readonly #folder: string;
  readonly #name: string;

  /** @param folder Absolute: the person's, for all projects. @param root The project's, absolute, links followed. */
  constructor(folder: string, root: string) {
    this.#folder = folder;
    this.#name = hashContent(root).slice(0, 32);
  }

  rows(name: string, { kind, mostBytes }: Pick<RowCacheOptions, 'kind' | 'mostBytes'>): RowCache {
    return new RowCache({ file: join(this.#folder, this.#name, `${name}.json`), kind, mostBytes });
  }

  /** Says that this project was used now, and forgets those that were used longest ago. Never fails. */
  async tidy(): Promise<void> {
    try {
      const now = new Date();
      await utimes(join(this.#folder, this.#name), now, now);
      const names = (await readdir(this.#folder)).filter((name) => folderName.test(name));
      if (names.length <= mostProjects) return;
      const used = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(this.#folder, name))).mtimeMs })));
      const old = used.toSorted((one, other) => other.at - one.at).slice(mostProjects);
      await Promise.all(old.map(({ name }) => rm(join(this.#folder, name), { recursive: true, force: true })));
    } catch {
      // It only saves room.
    }
  }
}

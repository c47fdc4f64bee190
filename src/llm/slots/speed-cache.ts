import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ParallelSpeed, parallelSpeedSchema } from './parallel-speed.ts';

const cacheSchema = z.record(z.string(), parallelSpeedSchema);

/** More than the servers that anybody changes between; the oldest go first. */
const most = 50;

/** What was measured of servers, kept in one small file. A file that cannot be read or written is none: it is measured again then. */
export class SpeedCache {
  readonly #folder: string;

  /** @param folder made where it is missing. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(key: string): Promise<ParallelSpeed | undefined> {
    return (await this.#read())[key];
  }

  async set(key: string, speed: ParallelSpeed): Promise<void> {
    try {
      const { [key]: _, ...others } = await this.#read();
      const kept = Object.entries(others).slice(-(most - 1));
      await mkdir(this.#folder, { recursive: true });
      const temporary = join(this.#folder, `.${randomUUID()}.tmp`);
      await writeFile(temporary, `${JSON.stringify(Object.fromEntries([...kept, [key, speed]]), undefined, 2)}\n`);
      await rename(temporary, this.#path);
    } catch {
      // See above.
    }
  }

  get #path(): string {
    return join(this.#folder, 'parallel-speeds.json');
  }

  async #read(): Promise<Record<string, ParallelSpeed>> {
    try {
      return cacheSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return {};
    }
  }
}

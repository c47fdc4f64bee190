import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ParallelSpeed, parallelSpeedSchema } from './measure-parallel.ts';

/** A machine that was too slow to measure, perhaps because it was busy. It is not measured again before this time, in milliseconds since 1970. */
const tooSlowSchema = z.object({ tooSlowUntil: z.number() });
const cacheSchema = z.record(z.string(), z.union([parallelSpeedSchema, tooSlowSchema]));

type Measured = z.infer<typeof cacheSchema>[string];

/** Nobody switches between more servers; the oldest are removed first. */
const most = 50;

/** Measurements of servers, kept in one small file. If it cannot be read or written, servers are measured again. */
export class SpeedCache {
  readonly #folder: string;

  /** @param folder Created if it is missing. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(key: string, now: number): Promise<ParallelSpeed | 'too_slow' | undefined> {
    const known = (await this.#read())[key];
    if (known === undefined || !('tooSlowUntil' in known)) return known;
    return now < known.tooSlowUntil ? 'too_slow' : undefined;
  }

  async set(key: string, speed: Measured): Promise<void> {
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

  async #read(): Promise<Record<string, Measured>> {
    try {
      return cacheSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return {};
    }
  }
}

import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { cpus, hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const positive = z.number().positive();

/** What was measured of a model while it worked: tokens a second, and the seconds that its server took to load it. What was not seen is absent. */
const measuredSpeedSchema = z.object({ read: positive.optional(), write: positive.optional(), load: positive.optional() });

export type MeasuredSpeed = z.infer<typeof measuredSpeedSchema>;

/** A model, and the address of its server. */
export interface MeasuredModel {
  address: string;
  model: string;
}

/** Nobody works with more; the oldest are removed first. */
const most = 200;

/** What this machine has seen of models, in one small file. If it cannot be read or written, nothing is known. */
export class MeasuredSpeeds {
  readonly #folder: string;

  /** @param folder Created if it is missing. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is known now. */
  async known(): Promise<(of: MeasuredModel) => MeasuredSpeed | undefined> {
    const all = await this.#read();
    return (of) => {
      const key = keyOf(of);
      return Object.hasOwn(all, key) ? all[key] : undefined;
    };
  }

  /** Later measurements replace earlier ones, figure by figure. Never rejects. */
  async add(measured: readonly (MeasuredModel & MeasuredSpeed)[]): Promise<void> {
    if (measured.length === 0) return;
    const temporary = join(this.#folder, `.${randomUUID()}.tmp`);
    try {
      const all = new Map(Object.entries(await this.#read()));
      for (const { address, model, ...speed } of measured) {
        const key = keyOf({ address, model });
        const before = all.get(key);
        all.delete(key);
        all.set(key, { ...before, ...speed });
      }
      const kept = Object.fromEntries([...all].slice(-most));
      await mkdir(this.#folder, { recursive: true });
      await writeFile(temporary, `${JSON.stringify(kept, undefined, 2)}\n`);
      await rename(temporary, this.#path);
    } catch {
      // See above.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  get #path(): string {
    return join(this.#folder, 'model-speeds.json');
  }

  async #read(): Promise<Record<string, MeasuredSpeed>> {
    try {
      return z.record(z.string(), measuredSpeedSchema).parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return {};
    }
  }
}

/** Another processor is another speed. */
function keyOf({ address, model }: MeasuredModel): string {
  const processors = cpus();
  return JSON.stringify([hostname(), processors.length, processors[0]?.model ?? '', address, model]);
}

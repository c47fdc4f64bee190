import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { asksPrivacy } from '../../utils/asks-privacy.ts';
import type { RunState } from '../run/run-state.ts';

/** `own`: begun here by this person. `trusted`: begun elsewhere, but this person has agreed to continue it. `foreign`: neither. */
export type RunOrigin = 'own' | 'trusted' | 'foreign';

/** The parts of a run that are vouched for: what it was asked, where it writes, where it sends, and what of it is private. A journal that now says otherwise is not that run's. */
export type VouchedRun = Pick<RunState, 'run' | 'input' | 'output' | 'settings'> & Partial<Pick<RunState, 'definition'>>;

/**
 * The runs that this person began, kept in the person's own folder: a journal cannot tell, because it may have come with its folder. Each run has one line with
 * a hash and its origin.
 */
export class OwnRuns {
  readonly #file: string;

  /** @param folder Absolute; created with the first run. */
  constructor(folder: string) {
    this.#file = join(folder, 'own-runs');
  }

  /** @throws the system's error. */
  async keep(run: VouchedRun, origin: Exclude<RunOrigin, 'foreign'>): Promise<void> {
    await ensureFolder(dirname(this.#file));
    await appendFile(this.#file, `${markOf(run)} ${origin}\n`, { mode: 0o600 });
  }

  /** A list that cannot be read vouches for nothing. */
  async originOf(run: VouchedRun): Promise<RunOrigin> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    const mark = markOf(run);
    const known = new Set(text.split('\n').filter((line) => line.startsWith(mark)));
    if (known.has(`${mark} own`)) return 'own';
    return known.has(`${mark} trusted`) ? 'trusted' : 'foreign';
  }
}

function markOf({ run, input, output, settings = {}, definition }: VouchedRun): string {
  const {
    llm_base_url: servers = null,
    model_file: modelFile = null,
    models = {},
  } = settings as { models?: Record<string, { base_url?: unknown }> } & typeof settings;
  const others = Object.entries(models).map(([name, { base_url: address = null }]) => [name, address]);
  // Only where there is any, so that runs of earlier versions stay known.
  const privacy = [...(settings['private'] === true ? ['private'] : []), ...(asksPrivacy(definition) ? [definition] : [])];
  return createHash('sha256')
    .update(JSON.stringify([run, input.requirement, output, servers, modelFile, ...(others.length === 0 ? [] : [others]), ...privacy]))
    .digest('hex');
}

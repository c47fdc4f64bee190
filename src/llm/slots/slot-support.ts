import { cpus, hostname } from 'node:os';
import type { Clock } from '../../utils/clock.ts';
import type { ModelServer } from '../server/model-server.ts';
import { type Generation, measureParallel, type ParallelSpeed } from './measure-parallel.ts';
import type { SlotKeeper } from './slot-keeper.ts';
import type { GenerateOptions, SlotRequests } from './slot-requests.ts';
import { SpeedCache } from './speed-cache.ts';

export interface SlotSupportOptions {
  server: ModelServer;
  model: string;
  keeper: Pick<SlotKeeper, 'canFork'>;
  requests: Pick<SlotRequests, 'generate' | 'idle'>;
  /** Where measurements are kept. Absent: each connection measures once. */
  cacheFolder?: string | undefined;
  clock: Clock;
  /** Called before a measurement that is not in the cache. */
  onMeasuring?: (() => void) | undefined;
  /** A machine that needs longer than this for a few words gains nothing from several requests at once. Default: ten seconds. */
  patienceMilliseconds?: number | undefined;
}

/** How long a machine that was too slow is not measured again. */
const aDay = 24 * 60 * 60 * 1000;

/** What can be found out about the slots of a server by trying it before a run. */
export class SlotSupport {
  readonly #options: SlotSupportOptions;
  readonly #known = new Map<number, ParallelSpeed | 'too_slow'>();

  constructor(options: SlotSupportOptions) {
    this.#options = options;
  }

  /** Whether a slot can be copied into another. */
  canFork(signal?: AbortSignal): Promise<boolean> {
    return this.#options.keeper.canFork(signal);
  }

  /**
   * How fast the server is with several requests at once. It is measured once for each model, build and machine.
   * @returns undefined if it could not be measured within some seconds; that is not tried again for a day. @throws the signal's reason.
   */
  async speed(atOnce: number, signal: AbortSignal): Promise<ParallelSpeed | undefined> {
    const { cacheFolder, clock, model, requests, onMeasuring, patienceMilliseconds = 10_000 } = this.#options;
    const cache = cacheFolder === undefined ? undefined : new SpeedCache(cacheFolder);
    const key = this.#key(atOnce);
    const known = this.#known.get(atOnce) ?? (await cache?.get(key, clock.now()));
    if (known !== undefined) return known === 'too_slow' ? undefined : known;
    onMeasuring?.();
    const patience = AbortSignal.timeout(patienceMilliseconds);
    try {
      const speed = await measureParallel({
        generate: (wanted) => requests.generate({ ...wanted, model }),
        atOnce,
        now: () => clock.now(),
        signal: AbortSignal.any([signal, patience]),
      });
      if (speed === undefined) return undefined;
      this.#known.set(atOnce, speed);
      await cache?.set(key, speed);
      return speed;
    } catch {
      signal.throwIfAborted();
      if (!patience.aborted) return undefined;
      this.#known.set(atOnce, 'too_slow');
      await cache?.set(key, { tooSlowUntil: clock.now() + aDay });
      return undefined;
    }
  }

  /** See `SlotRequests`. */
  generate(wanted: GenerateOptions): Promise<Generation> {
    return this.#options.requests.generate(wanted);
  }

  /** See `SlotRequests`. */
  idle(signal?: AbortSignal): Promise<number[] | undefined> {
    return this.#options.requests.idle(signal);
  }

  /** Resolves when no slot is busy any more, or after some seconds: a server is slow to notice that a client has left. */
  async settled(): Promise<void> {
    const { clock, requests, server } = this.#options;
    for (let tries = 0; tries < 40; tries += 1) {
      const idle = await requests.idle().catch(() => undefined);
      if (idle === undefined || idle.length >= (server.slots ?? 1)) return;
      await clock.sleep(250);
    }
  }

  #key(atOnce: number): string {
    const { server, model } = this.#options;
    const { address, release, slots, contextTokens } = server;
    const processors = cpus();
    return JSON.stringify([
      hostname(),
      processors.length,
      processors[0]?.model ?? '',
      address,
      release,
      model,
      slots,
      contextTokens,
      atOnce,
    ]);
  }
}

import { ModelError } from '../model-error.ts';

export interface WatchOptions {
  /** After this long without a token or progress in reading the prompt, the call is examined. */
  timeoutMilliseconds: number;
  /** Before the first token, a silent call is alive as long as this resolves to true. Its signal is aborted when the call is over. */
  isHealthy: (signal: AbortSignal) => Promise<boolean>;
  signal?: AbortSignal | undefined;
}

export interface CallWatch extends Disposable {
  /** Aborted with the caller's signal, or when the call is found dead; the reason says which. */
  readonly signal: AbortSignal;
  /** Call it for each sign of life; a ping is none. */
  alive(sign: 'prompt_progress' | 'token'): void;
}

/**
 * Tells a slow call from a dead one. Reading a long prompt may take many minutes without a byte: as long as the server answers its health check, it is working.
 * Once tokens flow, a pause of `timeoutMilliseconds` means that nothing more will come.
 */
export function watchCall({ timeoutMilliseconds, isHealthy, signal }: WatchOptions): CallWatch {
  const dead = new AbortController();
  let phase: 'reading' | 'writing' = 'reading';
  let timer: NodeJS.Timeout | undefined;
  let signs = 0;

  const arm = () => {
    if (dead.signal.aborted) return;
    // Each token arms it.
    if (timer === undefined) timer = setTimeout(() => void look(), timeoutMilliseconds);
    else timer.refresh();
  };
  const look = async () => {
    const before = signs;
    const healthy = phase === 'reading' && (await isHealthy(dead.signal).catch(() => false));
    // A sign of life during the health check has set the timer itself.
    if (signs !== before) return;
    if (healthy) arm();
    else dead.abort(silence(timeoutMilliseconds, phase));
  };
  arm();
  return {
    signal: signal ? AbortSignal.any([signal, dead.signal]) : dead.signal,
    alive(sign) {
      signs += 1;
      if (sign === 'token') phase = 'writing';
      arm();
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      // A check that is still running must not set the timer again.
      dead.abort(over);
    },
  };
}

/** A reason that is made anew for each call records the stack for nobody. */
const over = new Error('the call is over');

function silence(timeoutMilliseconds: number, phase: 'reading' | 'writing'): ModelError {
  const seconds = timeoutMilliseconds / 1000;
  return new ModelError({
    kind: 'transient',
    code: 'server.silent',
    message:
      phase === 'writing'
        ? `The model server sent no token for ${seconds} s in the middle of a reply.`
        : `The model server sent nothing for ${seconds} s, and its health check does not answer.`,
    hint: 'Look at the log of the model server. Raise llm_timeout if this machine is just slow.',
  });
}

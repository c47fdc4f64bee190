import process from 'node:process';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { exitCode } from './exit-code.ts';

const names = ['SIGINT', 'SIGTERM'] as const;

export interface StopSignals extends Disposable {
  readonly signal: AbortSignal;
}

export interface StopSignalsOptions {
  say: (text: string) => void;
  /** Called right before the program ends at the second signal. */
  beforeEnd?: (() => void) | undefined;
}

/** Ctrl-C and SIGTERM: the first stops the run cleanly, the second ends the program at once. */
export function stopSignals({ say, beforeEnd }: StopSignalsOptions): StopSignals {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) {
      beforeEnd?.();
      process.exit(exitCode.interrupted);
    }
    say('Stopping; what has arrived is kept. Press Ctrl-C again to end at once.\n');
    stop.abort(new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'The run was stopped.' }));
  };
  for (const name of names) process.on(name, onSignal);
  return {
    signal: stop.signal,
    [Symbol.dispose]() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}

/** The first Ctrl-C or SIGTERM aborts the signal, with this reason if one is given. The next one ends the program as usual. */
export function stopOnSignal(reason?: Error): StopSignals {
  const stop = new AbortController();
  const leave = () => {
    for (const name of names) process.off(name, onSignal);
  };
  const onSignal = () => {
    leave();
    stop.abort(reason);
  };
  for (const name of names) process.on(name, onSignal);
  return { signal: stop.signal, [Symbol.dispose]: leave };
}

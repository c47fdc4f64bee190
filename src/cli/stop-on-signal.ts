import process from 'node:process';
import type { StopSignals } from './stop-signals.ts';

const names = ['SIGINT', 'SIGTERM'] as const;

/** Ctrl-C or SIGTERM aborts the signal, with this reason if one is given; what comes after that ends the program, as it does without this. */
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

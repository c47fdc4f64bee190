import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { describeSignalDeath } from '../../utils/signal-death.ts';
import { parseAnnouncement, readLines } from './child-output.ts';

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ServerChildOptions {
  process: ChildProcessByStdio<Writable, Readable, Readable>;
  onLog?: ((line: string) => void) | undefined;
  /** Milliseconds that the process has to end by itself when asked; 2000 by default. */
  stopPatience?: number | undefined;
}

/** How many lines of the log a failure quotes. */
const quotedLines = 8;

/** The process of an embedded server, as its parent sees it. */
export class ServerChild {
  /** Resolves with the address when the process listens; it may never do so. */
  readonly announced: Promise<string>;
  readonly exited: Promise<ChildExit>;
  /** Rejects when the process has ended, with the reason that it gave or that its exit shows. */
  readonly died: Promise<never>;
  readonly #process: ServerChildOptions['process'];
  readonly #stopPatience: number;
  #isStopping = false;

  constructor({ process, onLog, stopPatience = 2000 }: ServerChildOptions) {
    this.#process = process;
    this.#stopPatience = stopPatience;
    const lastLines: string[] = [];
    let failure: MultiagentError | undefined;
    const announced = Promise.withResolvers<string>();
    this.announced = announced.promise;
    readLines(process.stdout, (line) => {
      const announcement = parseAnnouncement(line);
      if (announcement?.type === 'address') announced.resolve(announcement.address);
      if (announcement?.type === 'error') failure = new MultiagentError(announcement);
    });
    readLines(process.stderr, (line) => {
      lastLines.push(line);
      if (lastLines.length > quotedLines) lastLines.shift();
      onLog?.(line);
    });
    // Writing to a process that has ended is not an error here.
    process.stdin.on('error', () => undefined);
    const exited = Promise.withResolvers<ChildExit>();
    this.exited = exited.promise;
    process.once('error', (error) => {
      lastLines.push(error.message);
      exited.resolve({ code: null, signal: null });
    });
    process.once('close', (code, signal) => exited.resolve({ code, signal }));
    this.died = this.exited.then((exit) => {
      throw failure ?? unexplainedDeath(exit, lastLines);
    });
    // Nobody may await this any more when the process ends.
    this.died.catch(() => undefined);
  }

  /** Calls back when a signal ends the process although nobody asked it to end. */
  watchDeath(onDeath: (sentence: string) => void): void {
    const tell = ({ signal }: ChildExit): void => {
      if (signal === null || this.#isStopping) return;
      const { how, hint } = describeSignalDeath(signal, { kind: 'embedded' });
      onDeath(`The embedded server ${how}. ${hint}`);
    };
    void this.exited.then(tell);
  }

  /** Asks the process to end, and kills it after a while. Resolves when it has ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#process.stdin.end();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), this.#stopPatience);
    await this.exited;
    clearTimeout(timer);
  }
}

function unexplainedDeath({ code, signal }: ChildExit, lastLines: readonly string[]): MultiagentError {
  const death = signal === null ? undefined : describeSignalDeath(signal, { kind: 'embedded' });
  const how = death?.how ?? `ended with code ${code ?? 'unknown'}`;
  const words = lastLines.length === 0 ? 'It printed nothing.' : `It printed last:\n${lastLines.join('\n')}`;
  return new MultiagentError({
    category: 'model',
    code: signal === 'SIGKILL' ? 'embedded.out_of_memory' : 'embedded.died',
    message: `The embedded server ${how} before it was ready. ${words}`,
    hint: death?.hint ?? 'Try a smaller context or another model file, or use a llama-server instead.',
  });
}

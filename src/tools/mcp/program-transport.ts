import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { kill, platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import { CappedOutput } from '../../sandbox/capped-output.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { MessageLines } from './message-lines.ts';

export interface ProgramTransportOptions {
  command: string;
  args: readonly string[];
  /** Absolute. */
  folder: string;
  /** All variables that it gets. */
  environment: Readonly<Record<string, string>>;
  /** Reads a message. @throws what is wrong with it. */
  parse: (value: unknown) => JSONRPCMessage;
}

/** What it is asked waits so long to be read. In bytes. */
const mostUnread = 8 * 1024 * 1024;
/** Some programs print other lines, too. */
const mostOtherLines = 1000;
const keptOfErrors = 2000;
/** Between closing its input, asking it to end, and killing it. */
const graceMilliseconds = 1000;

/**
 * A program that a person named as an MCP server, spoken to over its input and output. It has a process group of its own, which is gone when the connection is closed.
 * Its input ends with this process, by which servers notice that nobody is there any more. What it sends is bounded: a program that sends too much, or reads nothing, is ended.
 */
export class ProgramTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** Why the connection was closed from here. */
  fault: string | undefined;
  readonly #options: ProgramTransportOptions;
  readonly #errors = new CappedOutput(keptOfErrors);
  readonly #lines = new MessageLines();
  #child: ChildProcessWithoutNullStreams | undefined;
  #ended = Promise.resolve();
  #otherLines = 0;

  constructor(options: ProgramTransportOptions) {
    this.#options = options;
  }

  /** What the program printed beside its messages: why it failed, where it did. */
  get printed(): string {
    return this.#errors.text;
  }

  async start(): Promise<void> {
    const { command, args, folder: cwd, environment: env } = this.#options;
    const isGroup = platform !== 'win32';
    const child = spawn(command, args, { cwd, env, stdio: 'pipe', shell: false, detached: isGroup, windowsHide: true });
    const started = Promise.withResolvers<void>();
    child.once('spawn', () => started.resolve());
    child.once('error', (error) => started.reject(error));
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => {
        // What it left in the background must not keep its output open.
        this.#signal('SIGKILL');
        resolve();
      });
      child.once('error', () => resolve());
    });
    child.once('close', () => this.#closed());
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stderr.on('data', (chunk: Buffer) => this.#errors.add(chunk));
    this.#child = child;
    await started.promise;
  }

  send(message: JSONRPCMessage): Promise<void> {
    const input = this.#child?.stdin;
    if (input === undefined || !input.writable) return Promise.reject(new Error('it has ended'));
    if (input.writableLength > mostUnread) {
      this.#give('reads nothing of what it is sent');
      return Promise.reject(new Error('it reads nothing of what it is sent'));
    }
    input.write(`${JSON.stringify(message)}\n`);
    return Promise.resolve();
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    child.stdin.end();
    if ((await this.#endsSoon()) === 'no') {
      this.#signal('SIGTERM');
      if ((await this.#endsSoon()) === 'no') this.#signal('SIGKILL');
    }
    await this.#ended;
    for (const stream of [child.stdout, child.stderr]) stream.destroy();
    this.#closed();
  }

  #take(chunk: Buffer): void {
    let lines: string[];
    try {
      lines = this.#lines.add(chunk);
    } catch (error) {
      this.#give((error as Error).message);
      return;
    }
    for (const line of lines) {
      if (this.fault !== undefined) return;
      const message = this.#read(line);
      if (message !== undefined) this.onmessage?.(message);
      else if (line.trim() !== '' && (this.#otherLines += 1) > mostOtherLines) this.#give('sends something else than messages of MCP');
    }
  }

  #read(line: string): JSONRPCMessage | undefined {
    const value = parseJson(line);
    if (typeof value !== 'object' || value === null) return undefined;
    try {
      return this.#options.parse(value);
    } catch {
      return undefined;
    }
  }

  /** Nothing more is read of it. */
  #give(fault: string): void {
    this.fault ??= fault;
    this.#child?.stdout.destroy();
    this.#signal('SIGKILL');
  }

  #closed(): void {
    if (this.#child === undefined) return;
    this.#child = undefined;
    this.onclose?.();
  }

  async #endsSoon(): Promise<'yes' | 'no'> {
    return Promise.race([this.#ended.then(() => 'yes' as const), sleep(graceMilliseconds, 'no' as const, { ref: false })]);
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      kill(platform === 'win32' ? pid : -pid, signal);
    } catch {
      // It has gone.
    }
  }
}

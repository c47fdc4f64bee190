import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Gate } from './gate.ts';
import { AnswerBroken } from './reply-sink.ts';
import type { Faults } from './fault.ts';

export interface AnswerStreamOptions {
  response: ServerResponse;
  faults: Faults;
  silence: Gate;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
}

/** The bytes of one answer on their way out, with the faults that concern bytes rather than content. */
export class AnswerStream {
  readonly response: ServerResponse;
  readonly faults: Faults;
  readonly signal: AbortSignal;
  readonly #silence: Gate;
  /** Headers and body that wait for the end, where the content length is to be a lie. */
  readonly #held: { headers: Record<string, string>; body: string } = { headers: {}, body: '' };

  constructor({ response, faults, silence, signal }: AnswerStreamOptions) {
    this.response = response;
    this.faults = faults;
    this.signal = signal;
    this.#silence = silence;
  }

  /** Sends the status line and the headers. */
  async begin(headers: Record<string, string>): Promise<void> {
    const contentType = this.faults.find('wrong_content_type')?.contentType;
    const chosen = { Server: 'llama.cpp', ...headers, ...(contentType === undefined ? {} : { 'Content-Type': contentType }) };
    if (this.faults.find('wrong_content_length') !== undefined) {
      Object.assign(this.#held.headers, chosen);
      return;
    }
    this.response.writeHead(200, chosen);
    this.response.flushHeaders();
    await nextTurn();
  }

  /** Resolves when the bytes have left; rejects when the client is gone. */
  async write(text: string): Promise<void> {
    if (this.faults.find('wrong_content_length') !== undefined) {
      this.#held.body += text;
      return;
    }
    const bytes = Buffer.from(text);
    const size = this.faults.find('split_bytes')?.size ?? bytes.length;
    for (let start = 0; start < bytes.length; start += size) await this.#writeBytes(bytes.subarray(start, start + size));
  }

  async end(): Promise<void> {
    const lie = this.faults.find('wrong_content_length');
    if (lie !== undefined) {
      const length = Buffer.byteLength(this.#held.body) + lie.difference;
      this.response.writeHead(200, { ...this.#held.headers, 'Content-Length': String(length), Connection: 'close' });
      await this.#writeBytes(Buffer.from(this.#held.body));
    }
    this.response.end();
  }

  async waitInSilence(): Promise<void> {
    await this.#silence.pass(this.signal);
  }

  async ping(everyMilliseconds: number): Promise<void> {
    const timer = setInterval(() => this.response.write(':\n\n'), everyMilliseconds);
    try {
      await this.waitInSilence();
    } finally {
      clearInterval(timer);
    }
  }

  /** Closes the connection without an end; what was written still arrives. */
  breakOff(kind: string): never {
    this.response.socket?.destroy();
    throw new AnswerBroken(kind);
  }

  /** Resets the connection before any byte. */
  refuse(): never {
    this.response.socket?.resetAndDestroy();
    throw new AnswerBroken('refuse');
  }

  async resetInHeaders(): Promise<never> {
    const { socket } = this.response;
    await new Promise<void>((resolve) => {
      socket?.write('HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nContent-Ty', () => resolve());
    });
    return this.breakOff('reset_in_headers');
  }

  async #writeBytes(bytes: Uint8Array): Promise<void> {
    this.signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => reject(this.signal.reason as Error);
      this.signal.addEventListener('abort', onAbort, { once: true });
      this.response.write(bytes, () => {
        this.signal.removeEventListener('abort', onAbort);
        resolve();
      });
    });
    // Lets the client's close be seen between two writes.
    await nextTurn();
  }
}

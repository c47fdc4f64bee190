import { createHash, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { upgrade } from 'undici';
import { systemLookUp } from '../destinations/destination.ts';
import { ModelError } from '../model-error.ts';
import { watchedConnections } from './watched-connections.ts';
import { BadFrames, WebSocketFrames } from './web-socket-frames.ts';

export interface WebSocketOptions {
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

const connectionTo = watchedConnections(systemLookUp);

/**
 * Listens to a WebSocket of a server. It goes the way of every request: where it leads is decided and told first, no redirect is followed, and what arrives is bounded. Nothing
 * is said but what the protocol asks for. Nothing is asked of how long the server is silent.
 * @param url With `http:` or `https:`.
 * @returns the texts of its messages, until the server ends it. Leaving it closes the connection.
 * @throws the signal's reason; ModelError of the watch; TypeError where there is no WebSocket or the connection breaks; BadFrames.
 */
export async function* openWebSocket(url: string, { headers, signal }: WebSocketOptions): AsyncGenerator<string> {
  const socket = await open(new URL(url), { headers, signal });
  const onAbort = () => void socket.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  const frames = new WebSocketFrames();
  try {
    for await (const bytes of socket as AsyncIterable<Buffer>) {
      for (const message of frames.push(bytes)) {
        if (message.type === 'close') return;
        if (message.type === 'ping') socket.write(controlFrame(0xa, message.payload));
        else yield message.text;
      }
    }
  } catch (error) {
    if (error instanceof BadFrames) throw error;
    signal.throwIfAborted();
    throw new TypeError('web socket failed', { cause: error });
  } finally {
    signal.removeEventListener('abort', onAbort);
    socket.on('error', () => undefined);
    if (!socket.destroyed) socket.end(controlFrame(0x8, Buffer.from([0x03, 0xe8])), () => socket.destroy());
  }
  signal.throwIfAborted();
}

async function open(url: URL, { headers, signal }: WebSocketOptions): Promise<Duplex> {
  const key = randomBytes(16).toString('base64');
  try {
    const dispatcher = await connectionTo(url, { bytes: 0, signal });
    const { headers: answered, socket } = await upgrade(url, {
      dispatcher,
      protocol: 'websocket',
      headers: { ...headers, 'user-agent': 'node', 'sec-websocket-version': '13', 'sec-websocket-key': key },
      signal,
    });
    if (answered['sec-websocket-accept'] === acceptOf(key)) return socket;
    socket.destroy();
    throw new Error('the other side speaks no WebSocket');
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ModelError) throw error;
    throw new TypeError('web socket failed', { cause: error });
  }
}

/** As the protocol has it: a server shows that it has read the key. */
function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** A frame of a client, which is masked. */
function controlFrame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length]), mask, masked]);
}

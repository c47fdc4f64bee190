import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { type Answering, type FakeBotserver, startFakeBotserver } from './start-fake-botserver.ts';

export interface AutotaskOptions {
  /** Which of the two shapes it speaks. Default: that of the server itself. */
  shape?: 'plan' | 'intent';
  /** The states of a task, one for each look at it; the last one stays. Default: `Running`, then `Completed` with a result. */
  states?: readonly object[];
  /** What is sent over the WebSocket, one message each. Absent: there is no WebSocket. */
  messages?: readonly (string | object)[] | undefined;
  /** Raw bytes in place of messages. */
  frames?: Buffer | undefined;
  routes?: Readonly<Record<string, Answering>>;
}

export const taskId = 'task-1';

/** At work for so many looks. */
export const atWork = (looks: number): object[] => Array.from({ length: looks }, () => ({ status: 'Running' }));

/** A botserver that does whole tasks. */
export function startAutotaskServer({
  shape = 'plan',
  states = [{ status: 'Running' }, { status: 'Completed', message: 'All done there.' }],
  messages,
  frames,
  routes = {},
}: AutotaskOptions = {}): Promise<FakeBotserver> {
  let looks = 0;
  const plan: Readonly<Record<string, Answering>> = {
    'POST /api/autotask/classify': () => ({ success: true, intent_type: 'APP_CREATE', confidence: 0.9, result: { success: true } }),
    'POST /api/autotask/compile': () => ({ success: true, plan_id: 'plan-1', steps: [] }),
    'POST /api/autotask/execute': ({ body }) =>
      (body as { plan_id?: string }).plan_id === 'plan-1'
        ? { success: true, task_id: taskId, status: 'Running' }
        : { success: false, error: 'no plan' },
  };
  const intent: Readonly<Record<string, Answering>> = {
    'POST /api/autotask/classify': ({ body }) => ({
      intent_type: 'APP_CREATE',
      entities: {},
      original_text: (body as { text: string }).text,
    }),
    'POST /api/autotask/execute': ({ body }) =>
      'original_text' in (body as object) ? { success: true, task_id: taskId } : { success: false, error: 'no intent' },
  };
  return startFakeBotserver({
    routes: {
      ...(shape === 'plan' ? plan : intent),
      [`GET /api/autotask/tasks/${taskId}`]: () => states[Math.min(looks++, states.length - 1)],
      [`POST /api/autotask/${taskId}/cancel`]: () => ({ success: true }),
      ...routes,
    },
    upgrade:
      messages === undefined && frames === undefined
        ? undefined
        : ({ headers }, socket) => {
            accept(socket, headers['sec-websocket-key'] ?? '');
            for (const message of messages ?? []) socket.write(textFrame(typeof message === 'string' ? message : JSON.stringify(message)));
            if (frames !== undefined) socket.write(frames);
          },
  });
}

function accept(socket: Duplex, key: string): void {
  const answer = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${answer}\r\n\r\n`);
}

/** A frame as a server sends it. */
export function frame(opcode: number, payload: Buffer, { isLast = true }: { isLast?: boolean } = {}): Buffer {
  const { length } = payload;
  const size =
    length < 126
      ? Buffer.from([length])
      : length < 65_536
        ? Buffer.from([126, length >> 8, length & 255])
        : Buffer.concat([Buffer.from([127]), bigEndian(length)]);
  return Buffer.concat([Buffer.from([(isLast ? 0x80 : 0) | opcode]), size, payload]);
}

export function textFrame(text: string): Buffer {
  return frame(1, Buffer.from(text));
}

function bigEndian(length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
}

import type { FollowOptions } from '../../../remote-team.ts';
import { openWebSocket } from '../../../server/open-web-socket.ts';
import type { BotserverClient } from '../botserver-client.ts';
import { readProgress } from './read-progress.ts';

export interface ListenOptions extends FollowOptions {
  client: BotserverClient;
  id: string;
  now: () => number;
}

/** What is heard of a task while it is at work. Disposing ends it. */
export interface Listening extends Disposable {
  /** Resolves when the server says that the task is over; never where nothing is heard of it. */
  readonly ended: Promise<void>;
  /** Resolves when what was heard before the end is recorded. */
  told(): Promise<void>;
  /** What recording threw. */
  throwIfFailed(): void;
}

/** So many messages of one task tell a person something; of an endless stream no more are read, or told. */
const mostRead = 100_000;
const mostTold = 2000;
/** In milliseconds: of what the same agent says in the same stage, the next is told after this long. */
const betweenTold = 500;

/**
 * Listens to the progress of a task. It is only for people: where there is no WebSocket, or it breaks or says nonsense, nothing is heard, and looking at the task decides.
 */
export function listenToProgress({ client, id, signal, onProgress, now }: ListenOptions): Listening {
  const over = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let fault: { error: unknown } | undefined;
  const hear = async () => {
    const url = `${client.place.root}/ws/task-progress/${id}`;
    let count = 0;
    let told = 0;
    let last = { where: '', shown: '', time: -Infinity };
    for await (const said of openWebSocket(url, { headers: client.headers, signal: AbortSignal.any([signal, over.signal]) })) {
      if ((count += 1) > mostRead) return;
      const read = readProgress(said, id);
      const { progress } = read ?? {};
      const next = { where: JSON.stringify([progress?.stage, progress?.agent]), shown: JSON.stringify(progress), time: now() };
      const isNew = next.shown !== last.shown && (next.where !== last.where || next.time - last.time >= betweenTold);
      if (progress !== undefined && isNew && (told += 1) <= mostTold) {
        last = next;
        try {
          await onProgress(progress);
        } catch (error) {
          fault = { error };
          end();
          return;
        }
      }
      if (read?.ended === true) {
        end();
        return;
      }
    }
  };
  const hearing = hear().catch(() => undefined);
  return {
    ended,
    async told() {
      over.abort();
      await hearing;
      if (fault !== undefined) throw fault.error;
    },
    throwIfFailed() {
      if (fault !== undefined) throw fault.error;
    },
    [Symbol.dispose]: () => over.abort(),
  };
}

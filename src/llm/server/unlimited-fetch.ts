import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { request } from 'undici';
import { type LookUpName, systemLookUp } from '../destinations/destination.ts';
import { ModelError } from '../model-error.ts';
import { watchedConnections } from './watched-connections.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);
/** What a client says of itself. It asks for answers that are not packed, which some proxies do not heed. */
const always = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'node' };

/**
 * Like `fetch`, for model servers and text bodies, at a third of its processor time. Connections are kept alive, and neither headers nor body have a time limit.
 * The built-in limits give up after 300 s of silence, which a long prompt on a slow machine easily takes; `watchCall` decides whether a call is alive. Redirects
 * are refused, because the address was checked, but the target of a redirect was not. Nothing goes through a proxy that the environment names: it would be
 * another destination. Before a connection is opened, the watch around the current work hears where it leads, and it leads nowhere farther.
 * @throws the signal's reason; ModelError of the watch; else TypeError, whose cause says what is wrong with the connection.
 */
export const unlimitedFetch = createFetch(systemLookUp);

/** @param lookUp How names are looked up. */
export function createFetch(lookUp: LookUpName): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  const connectionTo = watchedConnections(lookUp);
  return async (input, init = {}) => {
    const { method = 'GET', headers, body, signal } = init;
    try {
      const url = new URL(input instanceof Request ? input.url : input);
      if (body !== undefined && body !== null && typeof body !== 'string') throw new TypeError('a model server is sent text');
      const dispatcher = await connectionTo(url, { bytes: Buffer.byteLength(body ?? ''), signal });
      const sent = { ...always, ...Object.fromEntries(new Headers(headers)) };
      const answer = await request(url, { dispatcher, method: method as 'GET', headers: sent, body: body ?? null, signal: signal ?? null });
      return await responseOf(answer);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ModelError) throw error;
      throw new TypeError('fetch failed', { cause: error });
    }
  };
}

type Answer = Awaited<ReturnType<typeof request>>;

async function responseOf({ statusCode: status, headers, body }: Answer): Promise<Response> {
  if (redirects.has(status) || status < 200 || status > 599) {
    body.on('error', () => undefined).destroy();
    throw new Error(redirects.has(status) ? 'unexpected redirect' : `an answer has no status ${status}`);
  }
  const pairs = Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one]));
  if (!withoutBody.has(status)) return new Response(ReadableStream.from(unpacked(body, headers)), { status, headers: pairs });
  await body.dump();
  return new Response(null, { status, headers: pairs });
}

const unpackers: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** A body as it was before a proxy packed it, as `fetch` gives it. What reads it bounds it. */
function unpacked(body: Answer['body'], headers: Answer['headers']): Readable {
  const unpacker = unpackers.get(String(headers['content-encoding'] ?? '').toLowerCase());
  // An error of either one ends both; the reader hears of it.
  return unpacker === undefined ? body : pipeline(body, unpacker(), () => undefined);
}

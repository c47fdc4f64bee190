import type { IncomingMessage } from 'node:http';
import { addAbortSignal } from 'node:stream';
import { z } from 'zod';
import { parseJson } from '../../utils/parse-json.ts';
import { Refusal } from './refusal.ts';

/** A prompt of a million tokens is shorter. */
const mostBytes = 8 * 1024 * 1024;

const body = z.object({ query: z.string({ error: 'a text' }).refine((text) => text.trim() !== '', { error: 'a text that is not empty' }) });

/** The question in the body of a request. Nothing beyond the bound is read, and the connection of a half one is closed when the signal is aborted. @throws Refusal; what reading throws. */
export async function readQuery(request: IncomingMessage, signal: AbortSignal): Promise<string> {
  const type = request.headers['content-type'] ?? '';
  // A page could send any other type to this machine without being asked for its origin.
  if (!/^application\/json\s*(?:;|$)/i.test(type))
    throw new Refusal(415, { code: 'request.not_json', message: 'A question is sent as application/json.', hint: shape });
  const read = body.safeParse(parseJson(await boundedBody(addAbortSignal(signal, request))));
  if (read.success) return read.data.query;
  throw new Refusal(400, { code: 'request.invalid', message: 'The body is not a question: "query" has to be a text.', hint: shape });
}

const shape = 'Send {"query": "…"}.';

async function boundedBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > mostBytes)
      throw new Refusal(413, { code: 'request.too_large', message: `A question may have ${mostBytes} bytes, and this one has more.` });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

import { unlimitedFetch } from '../../llm/server/unlimited-fetch.ts';

/** Of one answer. The stream of a call ends with the call. */
const mostOfAnswer = 8 * 1024 * 1024;

/**
 * Fetches for a server with an address as models are asked: where it leads is decided and told before a connection is opened, redirects are refused, and no proxy is
 * used. Of an answer no more is read than it may have.
 */
export async function boundedFetch(address: string | URL, init?: RequestInit): Promise<Response> {
  const response = await unlimitedFetch(address, init);
  const { status, headers, body } = response;
  if (body === null) return response;
  let bytes = 0;
  const bounded = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > mostOfAnswer) controller.error(new Error(`it answers with more than ${mostOfAnswer / 1024 / 1024} MB`));
      else controller.enqueue(chunk);
    },
  });
  return new Response(body.pipeThrough(bounded), { status, headers });
}

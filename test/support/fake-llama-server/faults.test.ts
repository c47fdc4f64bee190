import { describe, expect, test } from 'vitest';
import { chat, eventsOf, post, start, textOf, transcript } from './chat-client.ts';
import type { Fault } from './fault.ts';
import type { FakeLlamaServer } from './start-fake-llama-server.ts';

describe('faults', () => {
  async function meet(fault: Fault): Promise<{ server: FakeLlamaServer; response: Response }> {
    const server = await start({ faults: [{ when: 0, fault }] });
    return { server, response: await post(server, '/v1/chat/completions', { messages: transcript, stream: true }) };
  }

  test.each<Fault>([{ kind: 'refuse' }, { kind: 'reset_in_headers' }])('$kind: no answer', async (fault) => {
    await using server = await start({ faults: [{ when: 0, fault }] });
    await expect(chat(server, transcript)).rejects.toThrow('fetch failed');
    expect(server.requests[0]?.outcome).toBe('faulted');
    expect(textOf(await chat(server, transcript))).toBe('One two three.');
  });

  test.each([400, 401, 404, 429, 500, 503])('status %i: an error in the shape of the server', async (status) => {
    const { server, response } = await meet({ kind: 'status', status, retryAfter: 7 });
    await using _ = server;
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ error: { code: status } });
  });

  test.each<Fault>([
    { kind: 'break', afterChunks: 2 },
    { kind: 'break', afterChunks: 99 },
    { kind: 'wrong_content_length', difference: 9 },
  ])('$kind $afterChunks: the body never ends well', async (fault) => {
    const { server, response } = await meet(fault);
    await using _ = server;
    await expect(response.text()).rejects.toThrow('terminated');
  });

  test('a content length that is too small cuts the body short', async () => {
    const { server, response } = await meet({ kind: 'wrong_content_length', difference: -20 });
    await using _ = server;
    expect(await response.text()).not.toContain('[DONE]');
    expect(response.headers.get('transfer-encoding')).toBeNull();
  });

  test('error_event: the stream ends with an error in place of the rest', async () => {
    const { server, response } = await meet({ kind: 'error_event', afterChunks: 1, message: 'Compute error.' });
    await using _ = server;
    const body = await response.text();
    expect(textOf(body)).toBe('One');
    expect(eventsOf(body).at(-1)?.error).toEqual({ code: 500, message: 'Compute error.', type: 'server_error' });
  });

  test('half_chunk: the last line is not JSON', async () => {
    const { server, response } = await meet({ kind: 'half_chunk', afterChunks: 2 });
    await using _ = server;
    const body = await response.text();
    expect(() => eventsOf(body)).toThrow(SyntaxError);
  });

  test.each<{ fault: Fault; text: string; deltas: number }>([
    { fault: { kind: 'duplicate_chunk', afterChunks: 0 }, text: 'OneOne two three.', deltas: 8 },
    { fault: { kind: 'null_content', afterChunks: 1 }, text: 'One two three.', deltas: 8 },
    { fault: { kind: 'split_bytes', size: 3 }, text: 'One two three.', deltas: 7 },
  ])('$fault.kind: the rest arrives', async ({ fault, text, deltas }) => {
    const { server, response } = await meet(fault);
    await using _ = server;
    const body = await response.text();
    expect(textOf(body)).toBe(text);
    // Role first and the reason last are deltas, too.
    expect(eventsOf(body)).toHaveLength(deltas + 1);
  });

  test('no_done, no_usage and a wrong content type leave out or change just that', async () => {
    const faults = ([{ kind: 'no_done' }, { kind: 'no_usage' }, { kind: 'wrong_content_type', contentType: 'text/html' }] as const).map(
      (fault) => ({
        when: 0,
        fault,
      }),
    );
    await using server = await start({ faults });
    const response = await post(server, '/v1/chat/completions', { messages: transcript, stream: true });
    const body = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(textOf(body)).toBe('One two three.');
    expect(body).not.toMatch(/\[DONE\]|usage|timings/);
  });

  test('pings: comments arrive in the meantime', async () => {
    const { server, response } = await meet({ kind: 'pings', everyMilliseconds: 1 });
    await using _ = server;
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    expect(Buffer.from(value ?? []).toString()).toMatch(/^(?::\n\n)+$/);
    await reader.cancel();
    expect((await server.waitForEnd(0)).outcome).toBe('aborted');
  });

  test.each<Fault>([{ kind: 'silence_before_headers' }, { kind: 'silence', afterChunks: 2 }, { kind: 'pings' }])(
    '$kind: nothing of the reply until the test says so',
    async (fault) => {
      await using server = await start({ faults: [{ when: () => true, fault }] });
      const body = chat(server, transcript);
      await server.silence.waiting();
      expect(server.requests[0]?.replyText).toBe(fault.kind === 'silence' ? 'One ' : '');
      server.silence.release();
      expect(textOf(await body)).toBe('One two three.');
    },
  );
});

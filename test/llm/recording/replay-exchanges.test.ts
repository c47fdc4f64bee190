import { isDeepStrictEqual } from 'node:util';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChatRequest } from '../../../src/llm/chat-model.ts';
import { createRecording } from '../../../src/llm/recording/create-recording.ts';
import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import { readRecording } from '../../../src/llm/recording/read-recording.ts';
import { recordExchanges } from '../../../src/llm/recording/record-exchanges.ts';
import { recordedRequest } from '../../../src/llm/recording/recorded-request.ts';
import { replayExchanges } from '../../../src/llm/recording/replay-exchanges.ts';
import { requestDifference } from '../../../src/llm/recording/request-difference.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { write } from '../reply-on-fake.ts';
import { message, modelOn, question, streamed } from '../model-on-fake.ts';

/** Records what `work` asks of a fake server, and gives the replay and the file. */
async function recordedWork(options: FakeLlamaServerOptions, work: (connection: ModelConnection) => Promise<void>) {
  const fake = await startFakeLlamaServer(options);
  onTestFinished(() => fake.close());
  const path = join(temporaryFolder(), 'recording.jsonl');
  const capabilities = { countsTokens: true, continuesReplies: true };
  const model = modelOn(fake);
  const connection: ModelConnection = {
    server: { address: fake.address, engine: 'server', models: [model.name], slots: 1, dialect: 'llama-server', capabilities },
    defaultModel: model.name,
    model: () => model,
    close: async () => undefined,
  };
  {
    await using recording = await createRecording(path);
    await work(await recordExchanges({ connection, recording }));
  }
  return { path, replay: async () => replayExchanges({ conversation: await readRecording(path) }) };
}

describe('a replay', () => {
  it('streams the same parts, usage included, and describes the same server', async () => {
    let live: unknown;
    const { replay } = await recordedWork({ reply: () => 'One, two, three.' }, async (connection) => {
      live = (await streamed(connection.model())).parts;
    });
    const connection = await replay();
    expect((await streamed(connection.model())).parts).toEqual(live);
    expect(connection.server).toMatchObject({ slots: 1, models: ['fake-model'], release: 'replayed' });
  });

  it('answers equal requests in the order in which they were answered, errors included, each once', async () => {
    let number = 0;
    const options: FakeLlamaServerOptions = {
      reply: () => `Reply ${(number += 1)}.`,
      faults: [{ when: 1, fault: { kind: 'status', status: 503, retryAfter: 3 } }],
    };
    const { replay } = await recordedWork(options, async (connection) => {
      for (let time = 0; time < 3; time += 1) await streamed(connection.model());
    });
    const model = (await replay()).model();
    const outcomes = [await streamed(model), await streamed(model), await streamed(model), await streamed(model)];
    expect(outcomes.map(({ text }) => text)).toEqual(['Reply 1.', '', 'Reply 3.', '']);
    expect(outcomes[1]?.error).toMatchObject({ name: 'ModelError', kind: 'transient', retryAfter: 3000 });
    expect(outcomes[3]?.error).toMatchObject({ code: 'replay.not_recorded', message: expect.stringContaining('3 times') });
  });

  it('gives what arrived of a reply that broke, then the error', async () => {
    const options: FakeLlamaServerOptions = {
      reply: () => 'One two three four five.',
      faults: [{ when: 0, fault: { kind: 'break', afterChunks: 3 } }],
    };
    const { replay } = await recordedWork(options, async (connection) => void (await streamed(connection.model())));
    const { text, error } = await streamed((await replay()).model());
    expect(text).not.toBe('');
    expect('One two three four five.'.startsWith(text)).toBe(true);
    expect(error).toMatchObject({ kind: 'transient' });
  });

  it('counts as the server counted, and tells nothing of what was not counted', async () => {
    let live: number | undefined;
    const { replay } = await recordedWork({}, async (connection) => {
      live = await connection.model().countTokens(question);
    });
    const model = (await replay()).model();
    expect(live).toBeGreaterThan(0);
    expect(await model.countTokens(question)).toBe(live);
    expect(await model.countTokens([message('user', 'Another.')])).toBeUndefined();
  });

  it('stops when it is aborted', async () => {
    const { replay } = await recordedWork({}, async (connection) => void (await streamed(connection.model())));
    const { error } = await streamed((await replay()).model(), { signal: AbortSignal.abort(new Error('enough')) });
    expect(error).toMatchObject({ message: 'enough' });
  });

  it('gives what was read of a reply that was left because it repeated itself, and so the same reply', async () => {
    const replies = {
      reply: ({ prefill }: RequestRecord) => (prefill === undefined ? '- It repeats itself, and nothing else.\n'.repeat(400) : 'Done.\n'),
    };
    const texts: (string | undefined)[] = [];
    const { replay } = await recordedWork(replies, async (connection) => {
      texts.push((await write({ model: connection.model() })).reply?.text);
    });
    texts.push((await write({ model: (await replay()).model() })).reply?.text);
    expect(texts[0]).toMatch(/^(- It repeats .*\n){1,3}Done\.\n$/);
    expect(texts[1]).toBe(texts[0]);
  });

  it('leaves out a last line that was cut when the recording process died', async () => {
    const { path, replay } = await recordedWork({ reply: () => 'Yes.' }, async (connection) => void (await streamed(connection.model())));
    appendFileSync(path, '{"type":"exch');
    expect((await streamed((await replay()).model())).text).toBe('Yes.');
  });

  it('holds none of the requests’ secrets in its file', async () => {
    const { path, replay } = await recordedWork({ reply: () => 'Yes.' }, async (connection) => {
      await streamed(connection.model(), { messages: [message('user', 'password: hunter2-hunter2')] });
    });
    expect(readFileSync(path, 'utf8')).not.toContain('hunter2');
    const { text } = await streamed((await replay()).model(), { messages: [message('user', 'password: hunter2-hunter2')] });
    expect(text).toBe('Yes.');
  });
});

describe('the first difference of two requests', () => {
  const request: ChatRequest = { messages: [message('system', 'Team.'), message('user', 'One\ntwo')], maxTokens: 5 };
  const recorded = recordedRequest({ model: 'm', request, secrets: [] });
  const difference = (change: Partial<ChatRequest>, model = 'm') =>
    requestDifference(recorded, recordedRequest({ model, request: { ...request, ...change }, secrets: [] }));

  it('is nothing where they are equal', () => {
    expect(difference({})).toBeUndefined();
  });

  it.each<[string, Partial<ChatRequest>, string]>([
    ['a line', { messages: [message('system', 'Team.'), message('user', 'One\nTwo')] }, 'line 2 of message 2 (user) is "Two"'],
    ['a line more', { messages: [message('system', 'Team.'), message('user', 'One\ntwo\n3')] }, 'line 3 of message 2 (user) is "3"'],
    ['a role', { messages: [message('user', 'Team.')] }, 'the role of message 1 is "user"; in the recording it was "system"'],
    ['a message less', { messages: [message('system', 'Team.')] }, 'the number of messages is 1; in the recording it was 2'],
    ['the cap', { maxTokens: undefined }, 'maxTokens is absent; in the recording it was 5'],
    ['sampling', { sampling: { seed: 1 } }, 'sampling is {"seed":1}; in the recording it was absent'],
  ])('is told: %s', (_, change, told) => {
    expect(difference(change)).toContain(told);
  });

  it('is told: the model', () => {
    expect(difference({}, 'other')).toBe('the model is "other"; in the recording it was "m"');
  });

  it('is told for any two texts that differ, and for none that are equal', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const [one, other] = [before, after].map((text) =>
          recordedRequest({ model: 'm', request: { messages: [message('user', `a ${text}`)] }, secrets: [] }),
        );
        if (one === undefined || other === undefined) throw new Error('two texts give two requests');
        const same = isDeepStrictEqual(one.messages[0]?.content, other.messages[0]?.content);
        expect(requestDifference(one, other) === undefined).toBe(same);
      }),
    );
  });
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { estimateRun } from '../../../src/operations/doctor/estimate-run.ts';
import { examineModel } from '../../../src/operations/doctor/examine-model.ts';
import { probeReading } from '../../../src/operations/doctor/probe-reading.ts';
import type { ChatModel } from '../../../src/llm/chat-model.ts';
import { connectServer } from '../../../src/llm/connect-server.ts';
import { systemClock } from '../../../src/utils/clock.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';

/** A server that holds its model to the shape that it is asked for. */
const obedient: FakeLlamaServerOptions = {
  reply: ({ body }) => (body['response_format'] === undefined ? 'five, six, seven.' : '{"color":"red"}'),
};

async function examined(options: FakeLlamaServerOptions, model?: string) {
  const fake = await startFakeLlamaServer({ ...obedient, ...options });
  onTestFinished(() => fake.close());
  const connection = await connectServer({
    engine: 'server',
    address: fake.address,
    model,
    remote: 'refused',
    timeoutMilliseconds: 20_000,
    clock: systemClock,
  });
  const examination = await examineModel({ connection, nonce: 'n' });
  return { ...examination, fake };
}

describe('the examination of a model', () => {
  it('finds nothing wrong with a server that does everything', async () => {
    const { findings } = await examined({ promptPace: 0.01 });
    expect(findings.map(({ check, state }) => `${check} ${state}`)).toEqual(
      ['server', 'model', 'context', 'slots', 'template', 'drafts', 'roles', 'cache', 'counting', 'prefill', 'grammar', 'calls'].map(
        (check) => `${check} ok`,
      ),
    );
  });

  it('measures how fast the server reads and writes', async () => {
    const { speed } = await examined({ pace: 2, promptPace: 0.1 });
    expect(speed).toEqual({ read: expect.any(Number), write: expect.any(Number) });
  });

  it('takes the speeds from what the server says that it read and wrote, and in which time', async () => {
    const usage = { promptTokens: 800, readTokens: 600, promptMilliseconds: 300, replyTokens: 48, replyMilliseconds: 2000 };
    const model: ChatModel = {
      name: 'm',
      capabilities: { countsTokens: false, continuesReplies: true },
      async *stream() {
        yield { type: 'end', finishReason: 'length', usage };
      },
      countTokens: async () => undefined,
    };
    expect((await probeReading({ model, nonce: 'n' })).speed).toEqual({ read: 2000, write: 24 });
  });

  it.each<[string, FakeLlamaServerOptions, string, string]>([
    ['ignores grammars', { reply: () => 'The sea is wide.' }, 'grammar', 'took a JSON schema and ignored it'],
    ['refuses to continue a reply', { prefill: 'refused' }, 'prefill', 'refuses to continue a reply'],
    ['starts a reply over', { prefill: 'continued', reply: () => 'One, two, three.' }, 'prefill', 'starts a reply over'],
    ['does not count', { countsTokens: 'no' }, 'counting', 'does not count tokens'],
    ['holds little', { contextTokens: 4096 }, 'context', '4096 tokens for prompt and reply together: earlier replies will be cut'],
    [
      'does not tell usage',
      { faults: [{ when: 2, fault: { kind: 'no_usage' } }] },
      'cache',
      'does not report how many tokens it reads again',
    ],
  ])('warns of a server that %s, and says what to do', async (_, options, check, message) => {
    const { findings } = await examined(options);
    const found = findings.find((finding) => finding.check === check);
    expect(found).toMatchObject({ state: 'warning', message: expect.stringContaining(message), hint: expect.stringMatching(/./) });
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([]);
  });

  it('warns of a server that reads everything again', async () => {
    const forgetful: ChatModel = {
      name: 'm',
      capabilities: { countsTokens: false, continuesReplies: true },
      async *stream({ messages }) {
        const promptTokens = messages.length * 300;
        yield { type: 'text', text: 'five' };
        yield { type: 'end', finishReason: 'stop', usage: { promptTokens, readTokens: promptTokens, replyTokens: 1 } };
      },
      countTokens: async () => undefined,
    };
    const { finding } = await probeReading({ model: forgetful, nonce: 'n' });
    expect(finding).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('read 1200 of its 1200 tokens'),
      hint: expect.stringContaining('-np 1'),
    });
  });

  it('warns of a model that the server does not name', async () => {
    const { findings } = await examined({}, 'other');
    expect(findings.find(({ check }) => check === 'model')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('fake-model'),
    });
  });

  it('works on a server that knows the shared protocol only', async () => {
    const { findings } = await examined({ missingPaths: ['/props', '/slots', '/health'], countsTokens: 'no' });
    expect(findings.filter(({ state }) => state === 'warning').map(({ check }) => check)).toEqual(
      expect.arrayContaining(['server', 'context', 'counting']),
    );
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([]);
  });

  it('names the chat template where conversations are refused, and asks nothing more', async () => {
    const body = JSON.stringify({ error: { code: 400, message: 'this model has no chat template', type: 'invalid_request_error' } });
    const { findings, fake } = await examined({ faults: [{ when: () => true, fault: { kind: 'status', status: 400, body } }] });
    expect(findings.at(-1)).toMatchObject({
      check: 'roles',
      state: 'problem',
      message: expect.stringContaining('this model has no chat template'),
      hint: expect.stringContaining('--chat-template-file'),
    });
    expect(fake.requests).toHaveLength(1);
  });

  it('reports a server that breaks off in the middle as a problem', async () => {
    const { findings } = await examined({ faults: [{ when: 1, fault: { kind: 'break', afterChunks: 1 } }] });
    expect(findings.at(-1)).toMatchObject({ check: 'replies', state: 'problem' });
  });
});

describe('the estimate of a run', () => {
  it('is the time to read and to write at the measured speed', () => {
    expect(estimateRun({ read: 8000, write: 4500 })).toEqual({ milliseconds: 3000, read: 8000, written: 9000 });
  });

  it('is a tenth of that to read for a small model, which is shown little', () => {
    expect(estimateRun({ read: 800, write: 1000 }, 'small')).toEqual({ milliseconds: 3000, read: 800, written: 2000 });
  });

  it.each([{}, { read: 5 }, { write: 5 }])('is not made without both speeds: %j', (speed) => {
    expect(estimateRun(speed)).toBeUndefined();
  });
});

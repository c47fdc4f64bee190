import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkGpus, checkMemory } from '../../../src/operations/doctor/check-memory.ts';
import { examineModel } from '../../../src/operations/doctor/examine-model.ts';
import type { Finding } from '../../../src/operations/doctor/finding.ts';
import { findOtherServers } from '../../../src/operations/doctor/other-servers.ts';
import { probeSlots } from '../../../src/operations/doctor/probe-slots.ts';
import type { Machine } from '../../../src/local-engine/machine/machine.ts';
import { connectServer } from '../../../src/llm/connect-server.ts';
import type { ModelServer } from '../../../src/llm/server/model-server.ts';
import { systemClock } from '../../../src/utils/clock.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { ggufBytes } from '../../local-engine/machine/gguf-file.ts';
import { gigabytes, machineOf } from '../../local-engine/machine/machine-of.ts';

async function examined(options: FakeLlamaServerOptions, machine?: Machine) {
  const fake = await startFakeLlamaServer({
    reply: ({ body }) => (body['response_format'] === undefined ? 'five, six, seven.' : '{"color":"red"}'),
    ...options,
  });
  onTestFinished(() => fake.close());
  const connection = await connectServer({
    engine: 'server',
    address: fake.address,
    remote: 'refused',
    timeoutMilliseconds: 20_000,
    clock: systemClock,
  });
  return await examineModel({ connection, nonce: 'n', machine });
}

function found(findings: readonly Finding[], check: string): Finding | undefined {
  return findings.find((finding) => finding.check === check);
}

/** Knows the shared protocol only, and what is its own. */
const foreign = (answers: Record<string, unknown>): FakeLlamaServerOptions => ({
  missingPaths: ['/props', '/slots', '/health'],
  countsTokens: 'no',
  answers,
});

describe('doctor against flags that do not suit', () => {
  it.each<[string, FakeLlamaServerOptions, string, string, string]>([
    ['a context that is too small', { contextTokens: 4096 }, 'context', '4096 tokens', '-c 16384'],
    [
      'slots that divide a context',
      { contextTokens: 16_384, slots: 4 },
      'context',
      'in each of 4 slots',
      'start it with -np 1, or with -c 65536',
    ],
    [
      'a context beyond what the model was made for',
      { contextTokens: 65_536, trainedContextTokens: 32_768 },
      'training',
      'trained for',
      '-c 32768',
    ],
  ])('warns of %s, with the flag to set', async (_, options, check, message, hint) => {
    const { findings } = await examined(options);
    expect(found(findings, check)).toMatchObject({
      state: 'warning',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
  });
});

describe('doctor on several slots', () => {
  it.each([
    ['more than it takes for two tasks at once', { contextTokens: 32_768 }, /may share the context$/, /^If you did not choose this/],
    [
      'too little for two tasks at once',
      { contextTokens: 16_384 },
      /8192 tokens are too few .*: runs do one task at a time$/,
      /-np 2 -c 32768/,
    ],
    ['as much as its model takes', { contextTokens: 16_384, trainedContextTokens: 8192 }, /too few/, /once\.$/],
  ])('says what they are worth where each holds %s', async (_, options, message, hint) => {
    const { findings } = await examined({ slots: 2, ...options });
    expect(found(findings, 'slots')).toMatchObject({
      state: 'ok',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });
});

describe('doctor against a model without a chat template', () => {
  const standIn =
    "{%- for message in messages -%}\n  {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' -}}\n{%- endfor -%}\n{%- if add_generation_prompt -%}\n  {{- '<|im_start|>assistant\n' -}}\n{%- endif -%}";

  async function withModel(values: Record<string, string>, template: string) {
    const file = join(temporaryFolder(), 'model.gguf');
    writeFileSync(file, ggufBytes({ 'general.architecture': 'llama', ...values }));
    const props = { model_path: file, chat_template: template, total_slots: 1, default_generation_settings: { n_ctx: 16_384 } };
    return found((await examined({ answers: { '/props': props } })).findings, 'template');
  }

  it('warns where the server stands in for it', async () => {
    expect(await withModel({}, standIn)).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('ChatML'),
      hint: expect.stringContaining('instruct'),
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['has just this one itself', { 'tokenizer.chat_template': standIn }, standIn],
    ['was given another one', {}, '{{ messages }}'],
  ])('is content with a model that %s', async (_, values, template) => {
    expect(await withModel(values, template)).toMatchObject({ state: 'ok' });
  });
});

describe('doctor against other servers', () => {
  it('knows Ollama, its context and its silent cut', async () => {
    const { findings } = await examined(foreign({ '/api/version': { version: '0.12.3' }, '/api/ps': { models: [] } }));
    expect(found(findings, 'server')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('Ollama 0.12.3'),
      hint: expect.stringContaining('multiagent model start'),
    });
    expect(found(findings, 'context')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('cuts the beginning'),
      hint: expect.stringContaining('OLLAMA_CONTEXT_LENGTH=16384'),
    });
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([]);
  });

  it('reads the context of the model that Ollama has loaded', async () => {
    const loaded = {
      models: [
        { name: 'other', context_length: 9999 },
        { name: 'fake-model', context_length: 4096 },
      ],
    };
    const { findings } = await examined(foreign({ '/api/version': { version: '0.12.3' }, '/api/ps': loaded }));
    expect(found(findings, 'context')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('4096 tokens'),
      hint: expect.stringContaining('OLLAMA_CONTEXT_LENGTH'),
    });
  });

  it('knows LM Studio and the context that it loaded the model with', async () => {
    const data = [
      { id: 'resting', state: 'not-loaded', max_context_length: 131_072 },
      { id: 'fake-model', state: 'loaded', max_context_length: 131_072, loaded_context_length: 4096 },
    ];
    const { findings } = await examined(foreign({ '/api/v0/models': { object: 'list', data } }));
    expect(found(findings, 'server')).toMatchObject({ state: 'warning', message: expect.stringContaining('LM Studio') });
    expect(found(findings, 'context')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('4096 tokens'),
      hint: expect.stringContaining('lms load'),
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['nonsense', { '/api/version': [1], '/api/v0/models': { data: 'no' }, '/api/ps': null }],
  ])('is not misled by a server that answers %s', async (_, answers) => {
    const { findings } = await examined(foreign(answers));
    expect(found(findings, 'server')).toMatchObject({ state: 'warning', message: expect.stringContaining('reports less about itself') });
  });

  it('points to servers where no run looks by itself', async () => {
    const fake = await startFakeLlamaServer(foreign({}));
    onTestFinished(() => fake.close());
    const findings = await findOtherServers({ Ollama: fake.address, 'LM Studio': 'http://127.0.0.1:1/v1' });
    expect(findings).toEqual([
      {
        check: 'others',
        state: 'ok',
        message: expect.stringContaining('Ollama'),
        hint: expect.stringContaining(`--base-url ${fake.address}`),
      },
    ]);
  });
});

describe('doctor on the memory of this machine', () => {
  const server = {
    address: 'http://127.0.0.1:8080/v1',
    engine: 'server',
    models: [],
    contextTokens: 16_384,
    slots: 2,
    dialect: 'llama-server',
  } as unknown as ModelServer;
  const facts = { modelBytes: gigabytes(10), header: { cacheBytesPerToken: 100_000, chatTemplate: 'present' as const } };

  it.each([
    ['enough memory', machineOf({ memory: 32 }), 'ok', '14.3 GB', /^$/],
    ['a GPU that holds it', machineOf({ memory: 8, gpu: 24 }), 'ok', '24.0 GB on GPUs', /^$/],
    ['a GPU that holds a part of it', machineOf({ memory: 32, gpu: 8 }), 'ok', 'more than the GPU holds', /smaller context/],
    ['too little memory', machineOf({ memory: 12 }), 'warning', 'slow, or killed', /multiagent model list/],
  ])('with %s', (_, machine, state, message, hint) => {
    const [finding] = checkMemory({ server, facts, machine });
    expect(finding).toMatchObject({ check: 'memory', state, message: expect.stringContaining(message) });
    expect(finding?.hint ?? '').toMatch(hint);
  });

  it('holds nothing against slots that may share one context, each of which reports all of it', () => {
    const four = { ...server, slots: 4, contextTokens: 32_768 };
    const [finding] = checkMemory({ server: four, facts, machine: machineOf({ memory: 16 }) });
    expect(finding).toMatchObject({ state: 'ok', message: expect.stringMatching(/32768 tokens .* where 4 slots do not share them/) });
  });

  it('finds nothing where the server does not tell how large its model is', () => {
    expect(checkMemory({ server, facts: {}, machine: machineOf({ memory: 1 }) })).toEqual([]);
  });

  it('is looked at for a server of this machine', async () => {
    const data = [{ id: 'fake-model', meta: { n_ctx_train: 131_072, size: gigabytes(10) } }];
    const { findings } = await examined({ answers: { '/models': { data } } }, machineOf({ memory: 4 }));
    expect(found(findings, 'memory')).toMatchObject({ state: 'warning' });
  });

  it('tells of a GPU that lies idle', () => {
    expect(checkGpus(machineOf({ memory: 8 }))).toEqual([]);
    const [finding] = checkGpus({ ...machineOf({ memory: 8 }), idleGpus: ['Some GPU'] });
    expect(finding).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('Some GPU'),
      hint: expect.stringContaining('LLAMA_SERVER_BIN'),
    });
  });
});

describe('doctor on all slots at once', () => {
  it('has each of them read, then write at the same time, and adds up what they did', async () => {
    let most = 0;
    let under = 0;
    const model = {
      name: 'm',
      capabilities: { countsTokens: false, continuesReplies: true },
      async *stream() {
        most = Math.max(most, (under += 1));
        await new Promise((resolve) => void setImmediate(resolve));
        yield { type: 'text' as const, text: 'one' };
        yield { type: 'end' as const, finishReason: 'length' as const, usage: { readTokens: 100, replyTokens: 30 } };
        under -= 1;
      },
      countTokens: async () => undefined,
    };
    const times = [1000, 1500, 3000, 4000];
    const speed = await probeSlots({ model, slots: 3, nonce: 'n', now: () => times.shift() ?? 0 });
    expect([most, speed]).toEqual([3, { slots: 3, read: 600, write: 90 }]);
  });

  it('is measured only where there are several', async () => {
    expect((await examined({})).allSlots).toBeUndefined();
    expect((await examined({ slots: 2, contextTokens: 32_768, pace: 1 })).allSlots).toEqual({
      slots: 2,
      read: expect.any(Number),
      write: expect.any(Number),
    });
  });

  it('says whether tokens are drafted ahead', async () => {
    const drafting = { '/slots': [{ id: 0, n_ctx: 16_384, speculative: true }] };
    expect(found((await examined({ answers: drafting })).findings, 'drafts')?.hint).toBeUndefined();
    expect(found((await examined({})).findings, 'drafts')?.hint).toContain('--spec-type ngram-mod');
  });
});

describe('doctor on branches that are written at once', () => {
  it('says nothing of one slot, which needs no copies', async () => {
    expect(found((await examined({ savesSlots: 'yes' })).findings, 'forking')).toBeUndefined();
  });

  it.each<[string, NonNullable<FakeLlamaServerOptions['savesSlots']>, object]>([
    ['slots that can be copied', 'yes', { state: 'ok', message: expect.stringMatching(/^two branches read \d+ and \d+ tokens/) }],
    ['slots that cannot be saved', 'no', { state: 'warning', hint: expect.stringContaining('--slot-save-path') }],
    [
      'slots that are saved and hold nothing afterwards',
      'empty',
      { state: 'warning', message: expect.stringContaining('holds nothing'), hint: expect.stringContaining('--swa-full') },
    ],
  ])('finds %s', async (_, savesSlots, expected) => {
    const { findings } = await examined({ contextTokens: 32_768, slots: 2, savesSlots });
    expect(found(findings, 'forking')).toMatchObject(expected);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { completedReplies, eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

async function spareServer(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), ...options });
  onTestFinished(() => server.close());
  return server;
}

const nobody = 'http://127.0.0.1:9';

/** A team whose default model is one fake server, and another fake server that stands in. */
async function teamWithSpare({
  spare,
  ...given
}: { spare?: FakeLlamaServerOptions; server?: FakeLlamaServerOptions; settings?: SettingsInput } = {}) {
  const other = await spareServer(spare);
  const settings = { models: { spare: { base_url: other.address } }, fallback: ['default', 'spare'], ...given.settings };
  return { spare: other, ...(await teamOnFake({ ...given, settings })) };
}

const question = 'What is a queue?';

describe('another model stands in', () => {
  it('from the start where nobody answers at the address of the model, and that is recorded', async () => {
    const { engine, server, spare, events } = await teamWithSpare({ settings: { llm_base_url: nobody } });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('completed');
    expect(server.requests).toHaveLength(0);
    expect(spare.requests).toHaveLength(1);
    const [fellBack] = eventsOfType(events, 'model.fell_back');
    expect(fellBack?.data).toEqual({ from: 'default', to: 'spare', why: expect.stringContaining('127.0.0.1:9') as string, at: 'connect' });
    expect(result.fallbacks).toEqual([{ task: null, ...fellBack?.data }]);
    expect(result.model.address).toBe(spare.address);
  });

  it('for a call whose retries are used up, and for the tasks after it without asking the one that is gone', async () => {
    const { engine, server, spare, events } = await teamWithSpare({ settings: { llm_max_retries: 1 } });
    server.setFault(() => true, { kind: 'refuse' });
    const gone = server.waitForEnd(1).then(() => server.kill());
    const result = await engine.executeWorkflow('bug_fix', 'Fix the queue.');
    await gone;
    expect(result.status).toBe('completed');
    expect(server.requests).toHaveLength(2);
    expect(spare.requests.length).toBeGreaterThan(1);
    const told = eventsOfType(events, 'model.fell_back').map(({ data }) => [data.at, data.from, data.to]);
    expect(told[0]).toEqual(['call', 'default', 'spare']);
    expect(new Set(told.slice(1).map(String))).toEqual(new Set(['step,default,spare']));
    expect(told).toHaveLength(result.total_tasks);
  });

  it('with the reply in flight, which goes on from its text', async () => {
    const { engine, server, spare, events } = await teamWithSpare({ settings: { llm_max_retries: 0 } });
    server.setFault(0, { kind: 'break', afterChunks: 4 });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('completed');
    expect(eventsOfType(events, 'model.fell_back').map(({ data }) => data)).toMatchObject([{ from: 'default', to: 'spare', at: 'call' }]);
    const messages = spare.requests[0]?.body['messages'] as { role: string; content: string }[];
    const saved = messages.at(-1);
    expect(saved?.role).toBe('assistant');
    expect(saved?.content).not.toBe('');
    const [whole] = completedReplies(events);
    expect(whole?.data.text.startsWith(saved?.content ?? '?')).toBe(true);
    expect(whole?.data.finishReason).toBe('stop');
  });

  it('until the model answers again, which is said at the next task', async () => {
    const { engine, server, spare, events } = await teamWithSpare({ settings: { llm_max_retries: 0 } });
    server.setFault(0, { kind: 'refuse' });
    const result = await engine.executeWorkflow('bug_fix', 'Fix the queue.');
    expect(result.status).toBe('completed');
    expect(spare.requests).toHaveLength(1);
    const [, second] = eventsOfType(events, 'task.started');
    expect(eventsOfType(events, 'model.returned').map(({ data }) => data)).toEqual([{ task: second?.data.task, model: 'default' }]);
    expect(result.fallbacks).toHaveLength(1);
  });

  it.each(['when the run connects', 'at a call'])('behind one that refuses its key %s: the next in the list is tried', async (when) => {
    const refusing = createServer((_, response) => response.writeHead(401).end('{"error":{"message":"wrong key"}}'));
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void refusing.close());
    const spare = await spareServer();
    const { engine, server } = await teamOnFake({
      settings: {
        ...(when === 'at a call' ? {} : { llm_base_url: nobody }),
        models: {
          locked: { base_url: `http://127.0.0.1:${(refusing.address() as AddressInfo).port}` },
          spare: { base_url: spare.address },
        },
        fallback: ['locked', 'spare'],
        llm_max_retries: 0,
      },
    });
    server.setFault(0, { kind: 'refuse' });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('completed');
    expect(result.fallbacks.map(({ from, to }) => [from, to])).toEqual([['default', 'spare']]);
  });

  it('with its own context, model and key', async () => {
    const work = await spareServer();
    const { engine } = await teamOnFake({
      settings: {
        llm_base_url: nobody,
        providers: { work: { kind: 'openai', base_url: work.address, model: 'large', api_key: 'key-of-work' } },
        fallback: ['work/small'],
      },
    });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('completed');
    expect(work.requests.map(({ headers, body }) => [headers.authorization, body['model']])).toEqual([['Bearer key-of-work', 'small']]);
  });
});

describe('nothing stands in', () => {
  it.each<[what: string, body: string, status: number]>([
    [
      'for what the server refuses',
      JSON.stringify({ error: { message: 'Only assistant prefill is supported', type: 'invalid_request_error' } }),
      400,
    ],
    ['for a key that is wrong', JSON.stringify({ error: { message: 'wrong key', type: 'authentication_error' } }), 401],
  ])('%s', async (_, body, status) => {
    const { engine, server, spare, events } = await teamWithSpare();
    server.setFault(() => true, { kind: 'status', status, body });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('failed');
    expect(spare.requests).toHaveLength(0);
    expect(eventsOfType(events, 'model.fell_back')).toEqual([]);
  });

  it('where all of them are gone: the error tells of each', async () => {
    const { engine } = await teamOnFake({
      settings: { llm_base_url: nobody, models: { spare: { base_url: 'http://127.0.0.1:7' } }, fallback: ['spare'] },
    });
    await expect(engine.executeWorkflow('quick_answer', question)).rejects.toMatchObject({
      code: 'server.not_found',
      message: expect.stringMatching(/127\.0\.0\.1:9.*Nothing could stand in for it\. spare: .*127\.0\.0\.1:7/s) as string,
    });
  });

  it('in the midst of a run where all are lost: the task fails with what each of them said, and can be done again', async () => {
    const { engine, orchestrator, server, spare } = await teamWithSpare({ settings: { llm_max_retries: 0, task_retry_attempts: 0 } });
    server.setFault(0, { kind: 'break', afterChunks: 3 });
    spare.setFault(0, { kind: 'status', status: 500 });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('failed');
    const [task] = Object.values(result.tasks);
    expect(task?.error).toMatch(/Nothing could stand in for it\. spare: .*HTTP 500/s);
    const again = await orchestrator.retryRun(result.workflow_id);
    expect(again.status).toBe('completed');
  });

  it('that was not named', async () => {
    const { engine, server, spare } = await teamWithSpare({ settings: { fallback: [], llm_max_retries: 0, task_retry_attempts: 0 } });
    server.setFault(() => true, { kind: 'refuse' });
    const result = await engine.executeWorkflow('quick_answer', question);
    expect(result.status).toBe('failed');
    expect(spare.requests).toHaveLength(0);
  });
});

describe('a list of models that stand in', () => {
  it.each<[what: string, settings: SettingsInput, code: string, message: RegExp]>([
    ['that names a model nobody knows', { fallback: ['wrok'] }, 'model.unknown', /fallback names the model "wrok"/],
    ['that names one twice', { fallback: ['spare', 'spare'] }, 'fallback.twice', /names spare twice/],
    ['that names only the model itself', { fallback: ['default'] }, 'fallback.itself', /only default/],
    [
      'that leads to another machine without consent',
      { fallback: ['far'] },
      'server.remote_refused',
      /fallback names far\..*not on this machine/,
    ],
    ['with a provider that has no key', { fallback: ['work'] }, 'provider.no_key', /work \(OpenAI\) needs a key/],
  ])('%s is told before anything is sent', async (_, settings, code, message) => {
    const { engine, server } = await teamWithSpare({
      settings: {
        models: { spare: { base_url: nobody }, far: { base_url: 'http://203.0.113.7:8080' } },
        providers: { work: { kind: 'openai', model: 'large' } },
        ...settings,
      },
    });
    await expect(engine.executeWorkflow('quick_answer', question)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
    expect(server.calls).toEqual([]);
  });
});

describe('a run in which a model stood in', () => {
  it('goes on with the reply that the spare had begun when it was stopped', async () => {
    const stop = new AbortController();
    const { engine, orchestrator, server, spare, events } = await teamWithSpare({
      settings: { llm_max_retries: 0 },
      spare: { pace: 'manual' },
    });
    server.setFault(0, { kind: 'break', afterChunks: 3 });
    void spare.waitForRequest(0).then(() => stop.abort(new Error('stopped by the test')));
    const stopped = await engine.executeWorkflow('quick_answer', question, {}, { signal: stop.signal });
    expect(stopped.status).not.toBe('completed');
    spare.gate.open();
    const result = await orchestrator.resumeRun(stopped.workflow_id);
    expect(result.status).toBe('completed');
    const sent = server.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
    expect(sent.at(-1)?.role).toBe('assistant');
    expect(completedReplies(events)[0]?.data.text.startsWith(sent.at(-1)?.content ?? '?')).toBe(true);
    expect(result.fallbacks).toHaveLength(1);
  });
});

import { type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { startWebServer } from '../llm/web-server.ts';
import type { Fault } from '../support/fake-llama-server/fault.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { completedReplies, teamOnFake } from '../support/team-on-fake.ts';

const question = 'What is a queue?';
const noRetries = { llm_max_retries: 0, task_retry_attempts: 0 };

/** What a run is refused with that has this provider, as one text: message and hint; and how many requests reached it. */
async function refusedWith(entry: Record<string, unknown>, answer: RequestListener, settings: SettingsInput = {}) {
  let asked = 0;
  const web = await startWebServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  onTestFinished(() => web[Symbol.asyncDispose]());
  const work = { kind: 'openai', model: 'large', api_key: 'key-of-work', base_url: web.address, ...entry };
  const { engine, events } = await teamOnFake({ settings: { llm_provider: 'work', providers: { work }, ...noRetries, ...settings } });
  const error: unknown = await engine.executeWorkflow('quick_answer', question).catch((caught: unknown) => caught);
  if (!(error instanceof MultiagentError)) throw new Error('it was not refused');
  return { code: error.code, text: `${error.message}\n${error.hint}`, asked, events: events.length };
}

const json =
  (status: number, body: object, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

describe('a run does not begin, and says which provider, what it said and what to type,', () => {
  it.each<[string, Record<string, unknown>, RequestListener, string, RegExp[]]>([
    [
      'with a key of another provider',
      { api_key: 'sk-ant-api03-0123456789' },
      json(200, {}),
      'provider.wrong_key',
      [/^The key of work \(OpenAI\) is one of Anthropic\./, /Set OPENAI_API_KEY to a key of OpenAI, or correct the kind/],
    ],
    [
      'at an address that redirects elsewhere',
      {},
      json(307, {}, { location: 'https://elsewhere.example/v1' }),
      'server.redirected',
      [/^The provider work \(OpenAI at http.*\) redirects to another address/, /Set base_url of providers\.work/],
    ],
    [
      'with a deployment that does not exist',
      { kind: 'azure' },
      json(404, { error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' } }),
      'provider.no_deployment',
      [
        /^The provider work \(Azure OpenAI at http.*\) has no such deployment: The API deployment for this resource/,
        /Name a deployment|deployment/,
      ],
    ],
    [
      'with a quota that is used up',
      {},
      json(429, { error: { code: 'insufficient_quota', message: 'You exceeded your current quota.' } }),
      'provider.quota',
      [/^The provider work \(OpenAI at http.*\) says that its quota is used up \(HTTP 429\): You exceeded/, /multiagent resume --model/],
    ],
    [
      'on a machine whose clock is off',
      {},
      json(401, { error: { message: 'Token expired.' } }, { date: 'Thu, 01 Jan 2015 00:00:00 GMT' }),
      'server.unauthorized',
      [/^The provider work \(OpenAI at http.*\) refuses the key/, /The clock of this machine is \d+ hours ahead of the one there.*set it/],
    ],
    [
      'at an address that answers with a page',
      {},
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
      'provider.page',
      [/^The provider work \(OpenAI at http.*\) answered with (?:a page|something else)/, /base_url/],
    ],
  ])('%s', async (_, entry, answer, code, says) => {
    const refused = await refusedWith(entry, answer);
    expect(refused.code).toBe(code);
    for (const words of says) expect(refused.text).toMatch(words);
    expect(refused.text).not.toMatch(/key-of-work|sk-ant-/);
    expect([refused.events, refused.asked]).toEqual([0, code === 'provider.wrong_key' ? 0 : 1]);
  });

  it('with a list of what stands in that names only itself', async () => {
    const refused = await refusedWith({}, json(200, {}), { fallback: ['work'] });
    expect(refused).toMatchObject({ code: 'fallback.itself', asked: 0, events: 0 });
    expect(refused.text).toMatch(/fallback names only work, .*\n.*fallback: \[work, spare\]/);
  });
});

describe.each(['openai', 'azure'])('in the midst of a run with a provider of the kind %s', (kind) => {
  const status = (number: number, body: string, contentType = 'application/json'): Fault => ({
    kind: 'status',
    status: number,
    body,
    contentType,
  });
  const wrong: [string, Fault, RegExp[]][] = [
    [
      'its quota is used up',
      status(429, JSON.stringify({ error: { code: 'insufficient_quota', message: 'You exceeded your current quota.' } })),
      [/The provider work \(.*\) says that its quota is used up \(HTTP 429\): You exceeded/],
    ],
    [
      'it answers with a page',
      status(403, '<!doctype html><title>Sign in</title>', 'text/html'),
      [/The provider work \(.*\) answered with a page .*: Sign in/],
    ],
    [
      'its key is no longer taken',
      status(401, JSON.stringify({ error: { message: 'Key revoked.' } })),
      [/The provider work \(.*\) refuses the key .*: Key revoked/],
    ],
  ];

  it.each(wrong)('%s: that is said, and what was written stands and is gone on from', async (_, fault, says) => {
    const provider = await startFakeLlamaServer({ reply: replyAsTeam() });
    onTestFinished(() => provider.close());
    const work = { kind, base_url: provider.address, model: 'fake-model', api_key: 'key-of-work' };
    const { engine, orchestrator, events } = await teamOnFake({
      settings: { llm_provider: 'work', providers: { work }, llm_max_retries: 1, task_retry_attempts: 0 },
    });
    // Half a reply, then what is wrong.
    provider.setFault(0, { kind: 'break', afterChunks: 5 });
    provider.setFault(1, fault);
    const failed = await engine.executeWorkflow('quick_answer', question);
    expect(failed.status).toBe('failed');
    const told = failed.tasks['answer']?.error ?? '';
    for (const words of says) expect(told).toMatch(words);
    expect(provider.requests).toHaveLength(2);

    const goesOn = await orchestrator.resumeRun(failed.workflow_id);
    expect(goesOn.status).toBe('completed');
    // The model is asked to go on behind what it had written.
    const messages = provider.requests[2]?.body['messages'] as { role: string; content: string }[];
    const saved = messages.findLast(({ role }) => role === 'assistant')?.content ?? '';
    expect(saved.length).toBeGreaterThan(0);
    expect(completedReplies(events).at(-1)?.data.text.startsWith(saved)).toBe(true);
  });
});

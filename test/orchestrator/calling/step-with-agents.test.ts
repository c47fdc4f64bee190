import { expect, it, onTestFinished } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { type Answering, type BotserverCall, startFakeBotserver } from '../../support/fake-botserver/start-fake-botserver.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';

const answer = '# Told\n\nThe scan was read, and nothing else is known of the code.\n';

interface Scene {
  agent?: Answering;
  step?: Record<string, unknown>;
  settings?: (root: string) => Record<string, unknown>;
}

/** A step that asks an agent for a scan, and tells what came of it. */
async function stepThatScans({ agent = () => ({ output: 'No \u001B[2Jweakness.', exit_code: 0 }), step, settings }: Scene = {}) {
  const botserver = await startFakeBotserver({ routes: { 'POST /api/botcoder/security/query': agent } });
  onTestFinished(() => botserver[Symbol.asyncDispose]());
  const asked: string[] = [];
  const usual = (root: string) => ({ providers: { team: { kind: 'botserver', base_url: root } }, tool_agents: 'team' });
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1, verify: 'off', llm_max_retries: 0, ...(settings ?? usual)(botserver.root) },
    server: {
      contextTokens: 32_768,
      reply: ({ body }: RequestRecord) => {
        asked.push((body['messages'] as { content: string }[]).at(-1)?.content ?? '');
        return asked.length === 1 ? 'security_scan("eval(input())")\n' : answer;
      },
    },
  });
  team.engine.registerWorkflow({
    name: 'house',
    steps: [
      { id: 'ask', role: 'developer', task_type: 'asking', description: 'Scan it.', expects: 'text', tools: ['security_scan'], ...step },
    ],
  });
  const queries = () => botserver.calls.filter(({ method }) => method === 'POST').map(({ body }: BotserverCall) => body);
  return { ...team, asked, queries, execute: () => team.engine.executeWorkflow('house', 'Scan the code.') };
}

it('an agent of the botserver that the person named for tools is told the request alone, and it is recorded who did it', async () => {
  const team = await stepThatScans();
  const result = await team.execute();
  expect(result.status).toBe('completed');
  expect(team.queries()).toEqual([
    { query: 'Use your tool security_scan for this request, and answer with what comes of it.\n\neval(input())' },
  ]);
  expect(team.asked[1]).toContain('No weakness.');
  expect(eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'tool' ? [data] : []))).toMatchObject([
    { tool: 'security_scan', executor: 'agent', failed: false },
  ]);
});

it.each<[string, Answering, string]>([
  ['that cannot', () => ({ output: 'no scanner here', exit_code: 2 }), 'The agent security of the provider team'],
  ['that is not there', (_, response) => void response.writeHead(404).end('{}'), 'does not know this agent or address'],
  ['that says something else', () => ['?'], 'answered with something else'],
])('an agent %s is an answer for the model', async (_, agent, told) => {
  const team = await stepThatScans({ agent });
  expect((await team.execute()).status).toBe('completed');
  expect(team.asked[1]).toContain(told);
  expect(eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'tool' ? [data.failed] : []))).toEqual([
    true,
  ]);
});

it('nothing is asked of agents elsewhere by a private step, even where they are allowed', async () => {
  const team = await stepThatScans({
    step: { private: true },
    settings: () => ({
      providers: { team: { kind: 'botserver', base_url: 'http://192.0.2.1:9000' } },
      tool_agents: 'team',
      allow_remote: true,
    }),
  });
  await team.execute();
  expect(team.asked[1]).toContain('is private, and 192.0.2.1:9000 is not this machine');
});

it.each([
  ['nobody is named for tools', {}, 'tool.unknown', 'There is no tool security_scan'],
  [
    'nobody of this name is there',
    { tool_agents: 'team' },
    'tool.no_agents',
    'tool_agents is team, and there is no botserver of this name',
  ],
])('a run whose step names such a tool does not begin where %s', async (_, settings, code, message) => {
  const team = await stepThatScans({ settings: () => settings });
  await expect(team.execute()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  expect(team.asked).toEqual([]);
});

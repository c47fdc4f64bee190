import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { runSummary } from '../../../src/orchestrator/results/run-summary.ts';
import { eventsOfType, startedReplies, teamOnFake } from '../../support/team-on-fake.ts';

const requirement = 'Write `tips.py` with the function `split_tips(cents, names)`.';
const program = 'def split_tips(cents, names):\n    return {name: cents for name in names}\n';
const tests = 'import unittest\n\n\nclass TestTips(unittest.TestCase):\n    def test_one(self):\n        self.assertTrue(True)\n';

type Messages = { role: string; content: string }[];
const messagesOf = (request: RequestRecord) => request.body['messages'] as Messages;
const asked = (request: RequestRecord) => messagesOf(request).findLast(({ role }) => role === 'user')?.content ?? '';

/** What a small model says to each message; `code` answers for the program, by how often it was asked. */
function replies(code: (time: number) => string) {
  let times = 0;
  return (request: RequestRecord): string => {
    const message = asked(request);
    if (message.includes('the file tips.py in a code block'))
      return `tips.py\n\n\`\`\`python\n${code((times += 1))}\`\`\`\n\nIt splits the jar.\n`;
    if (message.includes('file `test_tips.py`')) return tests;
    if (message.includes('file `Dockerfile`')) return 'FROM python:3.12\nCOPY tips.py .\n';
    if (message.includes('file `README.md`')) return '# Tips\n\nIt splits the tips of an evening.\n';
    return '- It splits the jar among all who worked.';
  };
}

async function feature(code: (time: number) => string, text = requirement, settings: SettingsInput = {}) {
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1, sandbox: 'off', ...settings },
    server: { model: 'some-coder-1.5b-instruct', reply: replies(code) },
  });
  const result = await team.engine.executeWorkflow('feature_development', text);
  const folder = join(team.orchestrator.outputFolder, 'generated', result.workflow_id);
  return { ...team, result, folder, read: (path: string) => readFileSync(join(folder, path), 'utf8') };
}

/** Lines of a program, none like another. */
function rates(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `    rate_${index} = cents * ${(index * 7919) % 997} // ${((index * 31) % 89) + 1}`,
  ).join('\n');
}

describe('a model that holds one thing at a time', () => {
  it('is asked for one file by name after the other, with what stands and nothing of what was said', async () => {
    const { result, server, read, folder } = await feature(() => program);
    expect(result.error).toBe(null);
    expect(readdirSync(folder).filter((name) => !name.startsWith('0'))).toEqual(['Dockerfile', 'README.md', 'test_tips.py', 'tips.py']);
    expect(read('tips.py')).toBe(program);
    const prompts = server.requests.filter(({ body }) => Array.isArray(body['messages'])).map((request) => messagesOf(request));
    expect(new Set(prompts.map((messages) => messages[0]?.role))).toEqual(new Set(['user']));
    const users = prompts.map((messages) => messages.filter(({ role }) => role === 'user'));
    expect(users.every((own) => own.length === 1 && own[0]!.content.startsWith(`${requirement}\n\n`))).toBe(true);
    expect(users.find((own) => own[0]!.content.includes('`test_tips.py`'))?.[0]?.content).toContain(`\`\`\`tips.py\n${program}\`\`\``);
  });

  it('is asked anew, with another seed and more freedom, where what it wrote does not parse, and what was wrong is on record', async () => {
    const { result, server, events, read } = await feature((time) => (time === 1 ? 'def split_tips(:\n' : program));
    expect(result.status).toBe('completed');
    expect(read('tips.py')).toBe(program);
    const tries = server.requests.filter((request) => asked(request).includes('the file tips.py in a code block'));
    expect(tries).toHaveLength(2);
    expect(messagesOf(tries[1]!)).toEqual(messagesOf(tries[0]!));
    const [first, second] = tries.map(({ body }) => body as { seed: number; temperature: number });
    expect(second!.seed).not.toBe(first!.seed);
    expect(second!.temperature).toBeGreaterThan(first!.temperature);
    expect(eventsOfType(events, 'reply.judged').map(({ data }) => data.problems.length > 0)).toContain(true);
    expect(startedReplies(events).find(({ data }) => data.activity === 'implementation/2')?.data.sampling).toEqual({
      seed: second!.seed,
      temperature: second!.temperature,
    });
  });

  it('of several tries for a program the one is taken of which most examples of the requirement hold', async () => {
    const examples = '`split_tips(4, ["a", "b"])` returns `{"a": 2, "b": 2}`. `split_tips(6, ["a"])` returns `{"a": 6}`.';
    const bodies = ['{}', '{name: cents for name in names}'];
    const { result, read, events, folder } = await feature(
      (time) => `def split_tips(cents, names):\n${rates(30)}\n    return ${bodies[time - 1] ?? '[]'}\n`,
      `${requirement} ${examples}`,
      { verify: 'auto' },
    );
    expect(result.status).toBe('completed');
    expect(read('tips.py')).toContain(bodies[1]);
    // A third would cost the run more than four times the tokens of one plain prompt.
    expect(eventsOfType(events, 'examples.tried').map(({ data }) => data.examples.map(({ outcome }) => outcome).join(' '))).toEqual([
      'fails fails',
      'fails holds',
    ]);
    expect(result.examples).toMatchObject({ held: 1, run: 2, not_run: 0, fresh: true });
    expect(result.examples?.examples.map(({ why }) => why)).toEqual(['`split_tips(4, ["a", "b"])` is {\'a\': 4, \'b\': 4}', null]);
    expect(readFileSync(join(folder, '..', '..', `workflow_summary_${result.workflow_id}.md`), 'utf8')).toContain(
      '1 of 2 examples of the requirement holds, tried without a sandbox.',
    );
  });

  it('a program that cannot even be loaded is asked for again', async () => {
    const broken = `${program}\nshares = split_tips(1, [])[0]\n`;
    const { read, events } = await feature((time) => (time === 1 ? broken : program), requirement, { verify: 'auto' });
    expect(read('tips.py')).toBe(program);
    const [first] = eventsOfType(events, 'reply.judged').filter(({ data }) => data.path === 'tips.py');
    expect(first?.data.problems.join()).toContain('tips.py cannot be loaded: ');
  });

  it('no example is tried where a person wants nothing run', async () => {
    const text = `${requirement} \`split_tips(4, ["a"])\` returns \`{"a": 5}\`.`;
    const { result, events } = await feature(() => program, text, { verify: 'off' });
    expect(eventsOfType(events, 'examples.tried')).toEqual([]);
    expect(result.examples).toBe(null);
  });

  it('a long file is not tried again once its tries took what a run may spend on it', async () => {
    const { server } = await feature(() => `def split_tips(cents, names):\n${rates(80)}\n    return {`);
    expect(server.requests.filter((request) => asked(request).includes('the file tips.py in a code block'))).toHaveLength(1);
  });

  it('a forgotten import is added without asking again, and both versions are kept', async () => {
    const { result, events, read, server } = await feature(() => `${program}\n\nprint(json.dumps(split_tips(1, ["a"])))\n`);
    expect(result.status).toBe('completed');
    expect(read('tips.py')).toMatch(/^import json\n/);
    expect(eventsOfType(events, 'artifact.mended')).toHaveLength(1);
    expect(eventsOfType(events, 'artifact.written').filter(({ data }) => data.path === 'tips.py')).toHaveLength(2);
    expect(server.requests.filter((request) => asked(request).includes('the file tips.py in a code block'))).toHaveLength(1);
  });

  it('a run whose demanded file does not parse in any attempt has failed, and says so', async () => {
    const { result } = await feature(() => 'def split_tips(:\n');
    expect(result.status).toBe('failed');
    expect(result.error).toContain('tips.py does not parse');
  });

  it('a step whose file no reply holds fails with that file by name, and its dependents are skipped', async () => {
    const { result } = await feature(() => '# Nothing but a word about what split_tips is to do.\n');
    expect(result.tasks['implementation']?.error).toMatch(/did not manage tips\.py/);
    expect(result.tasks['testing']?.status).toBe('skipped');
  });

  it('reads no token twice that the next step begins with, as the ledger knows', async () => {
    const { result } = await feature(() => program, `${requirement}\n\n${'Everybody gets the same share of the jar. '.repeat(80)}`);
    const { tokens_read: read, tokens_ideal: ideal } = result.ledger.run;
    expect(read! / ideal!).toBeLessThanOrEqual(1.05);
  });
});

describe('of several files of a project', () => {
  const files = [
    { path: 'cut.py', content: 'width = 1\n' },
    { path: 'main.py', content: 'import cut\n' },
  ];

  /** A bug fix whose model chooses both files and answers for each like this. */
  async function fix(cut: string, asksFor = 'The width is one too large.') {
    const { engine, orchestrator } = await teamOnFake({
      settings: { max_concurrent_agents: 1 },
      server: {
        model: 'some-coder-1.5b-instruct',
        reply: (request) => {
          const message = asked(request);
          if (message.endsWith('Answer with the names only.')) return 'cut.py, main.py';
          if (message.includes('the file cut.py in a code block')) return `\`\`\`python\n${cut}\`\`\`\n`;
          if (message.includes('the file main.py in a code block')) return '```python\nimport cut\n```\n';
          if (message.includes('file `test_')) return tests;
          return 'The width is mended now.';
        },
      },
    });
    const result = await engine.executeWorkflow('bug_fix', asksFor, { files });
    return { ...result, summary: runSummary(await orchestrator.loadRun(result.workflow_id)) };
  }

  it('none changes where the requirement asks another step for all of it, and the step says so', async () => {
    const result = await fix('width = 0\n', 'Write a test of the width into `test_cut.py`.');
    expect(result.tasks['bug_fix']).toMatchObject({ status: 'completed', result: { changed_nothing: true } });
    expect(result.summary).toContain('- It changed nothing: What the requirement asks for is written by other steps: test_cut.py.');
  });

  it('one that needs no change is no failure', async () => {
    expect((await fix('width = 0\n')).tasks['bug_fix']).toMatchObject({ status: 'completed', error: null });
  });

  it('at least one has to change', async () => {
    expect((await fix('width = 1\n')).tasks['bug_fix']?.error).toMatch(
      /cut\.py is repeated without a change.*main\.py is repeated without a change/,
    );
  });
});

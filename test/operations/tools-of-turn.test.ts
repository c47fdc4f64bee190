import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { beginSession, takeTurn } from '../../src/operations/take-turn.ts';
import { resumeRun } from '../../src/operations/follow-up.ts';
import type { CallRights } from '../../src/orchestrator/call-rights.ts';
import type { PolicyAnswer } from '../../src/tools/policy/permissions.ts';
// The servers are programs: this file waits for processes.
import { McpServers } from '../../src/tools/mcp/mcp-servers.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

const entry = {
  command: process.execPath,
  args: [join(import.meta.dirname, '../support/fake-mcp-server/main.ts'), 'well'],
  risk: 'read' as const,
  risks: { echo: 'write' as const },
};
const words = 'It said hello, and there is no more to say about that.\n';

/** A session with a tool that may change things, and the calls that a person was asked about. */
async function sessionWith(answers: readonly string[], answer: 'allow' | 'refuse') {
  const asked: string[] = [];
  const open: [string, Record<string, unknown>][] = [];
  const team = await teamOnFake({
    settings: { mcp: { servers: { db: entry } } },
    orchestrator: { personEnvironment: { PATH: process.env['PATH'] } },
    server: {
      contextTokens: 32_768,
      reply: ({ body }: RequestRecord) => {
        asked.push((body['messages'] as { content: string }[]).at(-1)?.content ?? '');
        return answers[asked.length - 1] ?? words;
      },
    },
  });
  const risks = (write: PolicyAnswer) => ({ read: 'allow', write, execute: 'ask', network: 'ask' }) as const;
  const rights = (write: PolicyAnswer = 'ask'): CallRights => ({
    permissions: { risks: risks('refuse'), allowed: [] },
    ofOthers: { risks: risks(write), allowed: [] },
    ask: ({ tool, arguments: given }) => {
      open.push([tool, { ...given }]);
      return Promise.resolve(answer);
    },
  });
  const called = () =>
    eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'tool' ? [[data.tool, data.failed]] : []));
  return { ...team, asked, open, rights, called };
}

describe('a tool of others in a session', () => {
  it('has the risk that the person says', async () => {
    await using servers = new McpServers({ db: entry }, { environment: process.env, secrets: [], folder: '/', remote: 'refused' });
    const [offer] = await servers.offers(['db'], new AbortController().signal);
    expect(offer).toMatchObject({ tools: expect.arrayContaining([expect.objectContaining({ risk: 'write' })]) });
  });

  it.each([
    ['allow', false, 'hello'],
    ['refuse', true, 'db_echo was not run. The person did not allow it'],
  ] as const)('that may change things is asked about, with all its arguments: %s', async (answer, failed, told) => {
    const { orchestrator, open, asked, rights, called } = await sessionWith(['db_echo("hello", 2)\n'], answer);
    const { status } = await beginSession(orchestrator, { message: 'Say hello.', tools: ['db_echo'] }, { calls: rights() }).result;
    expect([status, open]).toEqual(['completed', [['db_echo', { text: 'hello', times: 2 }]]]);
    expect(called()).toEqual([['db_echo', failed]]);
    expect(asked[0]).toContain('db_echo("some text")');
    expect(asked[1]).toContain(told);
  });

  it('is called without a word where its risk is allowed', async () => {
    const { orchestrator, open, rights, called } = await sessionWith(['db_echo("hello")\n'], 'refuse');
    await beginSession(orchestrator, { message: 'Say hello.', tools: ['db_echo'] }, { calls: rights('allow') }).result;
    expect([open, called()]).toEqual([[], [['db_echo', false]]]);
  });

  it('is none of a session that does not name it', async () => {
    const { orchestrator, asked, open, rights } = await sessionWith(['db_echo("hello")\n'], 'allow');
    await beginSession(orchestrator, { message: 'Say hello.' }, { calls: rights() }).result;
    expect(asked[0]).not.toContain('db_echo');
    expect([asked[1], open]).toEqual([expect.stringContaining("There is no tool named 'db_echo'"), []]);
  });

  it('that nobody has keeps every turn from beginning, also a later one', async () => {
    const { orchestrator, rights, asked } = await sessionWith([], 'allow');
    const wrong = { message: 'Say hello.', tools: ['db_ecko'] };
    const unknown = { code: 'tool.unknown', hint: expect.stringContaining('Did you mean db_echo?') };
    await expect(beginSession(orchestrator, wrong, { calls: rights() }).result).rejects.toMatchObject(unknown);
    const first = await beginSession(orchestrator, { message: 'Say hello.' }, { calls: rights() }).result;
    const next = await takeTurn(orchestrator, first.workflow_id, { ...wrong, session: 'same' }, { calls: rights() });
    await expect(next.result).rejects.toMatchObject(unknown);
    expect(asked).toHaveLength(1);
  });

  it('is not called where nobody is asked: a turn that goes on as a mere run', async () => {
    const { orchestrator, rights } = await sessionWith(['db_echo("hello")\n'], 'allow');
    const stop = new AbortController();
    const calls: CallRights = {
      ...rights(),
      ask: () => {
        stop.abort();
        return Promise.resolve('refuse');
      },
    };
    const { workflow_id: run } = await beginSession(
      orchestrator,
      { message: 'Say hello.', tools: ['db_echo'] },
      { calls, signal: stop.signal },
    ).result;
    const again = await resumeRun(orchestrator, run);
    const refused = { code: 'tool.not_allowed', hint: expect.stringContaining('multiagent code asks you about each call') };
    await expect(again.result).rejects.toMatchObject(refused);
  });
});

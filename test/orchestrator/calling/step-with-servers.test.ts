import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';
// The servers are programs: this file waits for processes.
import { McpServers } from '../../../src/tools/mcp/mcp-servers.ts';
import { egressOfRun } from '../../../src/state/run/egress-of-run.ts';

const server = (behaviour = 'well') => ({
  command: process.execPath,
  args: [join(import.meta.dirname, '../../support/fake-mcp-server/main.ts'), behaviour],
  risk: 'read' as const,
  risks: { setLevel: 'write' as const },
});

async function stepThatMay(tools: string[], answers: readonly string[], settings: Record<string, unknown> = {}) {
  const asked: string[] = [];
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1, verify: 'off', mcp: { servers: { db: server(), ends: server('ends') } }, ...settings },
    orchestrator: { personEnvironment: { PATH: process.env['PATH'] } },
    server: {
      contextTokens: 32_768,
      reply: ({ body }: RequestRecord) => {
        asked.push((body['messages'] as { content: string }[]).at(-1)?.content ?? '');
        return answers[asked.length - 1] ?? '# Told\n\nThe database says hello, and nothing else is known of it.\n';
      },
    },
  });
  team.engine.registerWorkflow({
    name: 'house',
    steps: [{ id: 'ask', role: 'developer', task_type: 'asking', description: 'Ask it.', expects: 'text', tools }],
  });
  return { ...team, asked, execute: () => team.engine.executeWorkflow('house', 'Ask the database.') };
}

describe('a step that names tools of MCP servers', () => {
  it('calls them as its own, and it is recorded who did it', async () => {
    const team = await stepThatMay(['db_echo', 'read_file'], ['db_echo("hello", 2)\ndb_echo(times="x", text="y")\n']);
    const result = await team.execute();
    expect(result.status).toBe('completed');
    expect(team.asked[0]).toContain('db_echo("some text")  Says a text once more.');
    expect(team.asked[1]).toContain('db_echo("hello", 2):\n```\nhello\nhello\n```');
    expect(team.asked[1]).toContain("'times' is 'x'");
    const calls = eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'tool' ? [data] : []));
    expect(calls).toMatchObject([
      { tool: 'db_echo', arguments: { text: 'hello', times: 2 }, executor: 'mcp', failed: false },
      { tool: 'db_echo', arguments: { times: 'x', text: 'y' }, executor: 'mcp', failed: true },
    ]);
    const state = await team.orchestrator.loadRun(result.workflow_id);
    expect(egressOfRun(state)).toMatchObject({ left: 'unknown', serverCalls: 2 });
    expect(result.egress).toMatchObject({ left: 'unknown', server_calls: 2 });
  });

  it('goes on where a server dies in the midst of a call', async () => {
    const team = await stepThatMay(['db_die', 'db_echo'], ['db_die()\n', 'db_echo("still there")\n']);
    expect((await team.execute()).status).toBe('completed');
    expect(team.asked[1]).toContain('The MCP server db has ended');
    expect(team.asked[2]).toContain('still there');
  });

  it.each([
    [['db_ecko'], 'tool.unknown', 'The MCP server db has no tool db_ecko: it offers db_echo, '],
    [
      ['web_search'],
      'tool.unknown',
      "There is no tool web_search: it is none of the program's own, and of no MCP server (there are db, ends).",
    ],
    [['db_set_level'], 'tool.not_allowed', 'Steps may not call db_set_level: by your settings it is not one that only reads (write).'],
    [['ends_echo'], 'mcp.failed', 'The MCP server ends has ended: no database at this place.'],
  ])('that cannot be called is not begun: %j', async (tools, code, message) => {
    const team = await stepThatMay(tools, []);
    await expect(team.execute()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect([team.asked, team.events]).toEqual([[], []]);
  });

  it('means a server only by the whole of its name', () => {
    const servers = new McpServers({ db: server() }, { environment: {}, secrets: [], folder: '/', remote: 'refused' });
    expect(['db_echo', 'dbx_echo', 'db', 'echo_db_'].map((name) => servers.serverOf(name))).toEqual([
      'db',
      undefined,
      undefined,
      undefined,
    ]);
  });
});

import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { completeSettings } from '../../src/config/complete-settings.ts';
import { listTools } from '../../src/operations/list-tools.ts';
import { runCommand } from '../support/run-command.ts';
import { folderOf } from '../support/folder-of.ts';

const args = [join(import.meta.dirname, '../support/fake-mcp-server/main.ts')];
const servers = { db: { command: process.execPath, args, risk: 'read' as const }, gone: { command: 'no-such-program-anywhere' } };

it('tells the tools that there are, what each can do and who does it, and what is missing', async () => {
  const { tools, leftOut, notReached } = await listTools(completeSettings({ mcp: { servers } }), { environment: process.env });
  const found = new Map(tools.map((tool) => [tool.name, tool]));
  expect(found.get('read_file')).toMatchObject({ risks: ['read'], executor: 'local' });
  expect(found.get('execute_command')).toMatchObject({ risks: ['execute'], executor: 'local' });
  expect(found.get('look_at_page')).toMatchObject({ risks: ['execute', 'network'], executor: 'local' });
  expect(found.get('git_operation')).toMatchObject({ risks: ['read', 'write'], executor: 'local' });
  expect(found.get('db_echo')).toMatchObject({ risks: ['read'], executor: 'mcp', example: 'db_echo("some text")' });
  expect(found.has('security_scan')).toBe(false);
  expect(leftOut.map(({ server, tool }) => [server, tool])).toEqual([
    ['db', 'nested'],
    ['db', 'über'],
  ]);
  expect(notReached).toMatchObject([{ server: 'gone', hint: expect.stringContaining('mcp.servers.gone.command') }]);
});

it('tells what agents of a botserver do only where one is named for tools, and asks none of them', async () => {
  const { tools } = await listTools(completeSettings({ tool_agents: 'team' }), { environment: {} });
  expect(tools.find(({ name }) => name === 'security_scan')).toMatchObject({ risks: ['network'], executor: 'agent' });
});

it('multiagent tools prints a line for each, and the same as JSON', async () => {
  const root = folderOf({ 'own/multiagent/config.yaml': JSON.stringify({ mcp: { servers } }), 'project/a.txt': '' });
  const at = { directory: join(root, 'project'), environment: { XDG_CONFIG_HOME: join(root, 'own') } };
  const [lines, json] = await Promise.all([runCommand(['tools'], at), runCommand(['tools', '--json'], at)]);
  expect(lines.code).toBe(0);
  expect(lines.output).toMatch(/^read_file +read +local +Shows the text/m);
  expect(lines.output).toMatch(/^db_echo +read +mcp +Says a text once more\.$/m);
  expect(lines.output).toContain('Left out: nested of db has an argument that is no text');
  expect(lines.output).toContain('The MCP server gone cannot be started: there is no program no-such-program-anywhere. Install it');
  expect(JSON.parse(json.output)).toMatchObject({
    tools: expect.arrayContaining([expect.objectContaining({ name: 'db_echo', risks: ['read'], executor: 'mcp' })]),
    not_reached: [{ server: 'gone' }],
  });
});

it('multiagent tools refuses servers that a project names', async () => {
  const directory = folderOf({ 'config.yaml': JSON.stringify({ mcp: { servers } }) });
  const { code, errors } = await runCommand(['tools'], { directory });
  expect([code, errors]).toEqual([2, expect.stringContaining('mcp names a server (db), but a file of the project must not decide')]);
});

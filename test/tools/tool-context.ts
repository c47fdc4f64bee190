import process from 'node:process';
import { Unsupported } from '../../src/sandbox/unsupported.ts';
import type { Permissions } from '../../src/tools/policy/permissions.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import type { Tool, ToolContext, ToolResult } from '../../src/tools/tool.ts';
import { ToolRegistry } from '../../src/tools/tool-registry.ts';

/** Everything is allowed: what is tried is the tool. */
export const everything: Permissions = { risks: { read: 'allow', write: 'allow', execute: 'allow', network: 'allow' }, allowed: [] };

export function toolContext(workspace: string, changed: Partial<ToolContext> = {}): ToolContext {
  return {
    workspace,
    project: workspace,
    signal: new AbortController().signal,
    sandbox: new Unsupported('the system of a test'),
    network: 'none',
    environment: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: '/home/somebody' },
    secrets: [],
    callMilliseconds: 60_000,
    output: { lines: 200, bytes: 10_000 },
    ...changed,
  };
}

/** Calls one tool as a model would. */
export function callTool(tool: Tool, given: Record<string, unknown>, context: ToolContext): Promise<ToolResult> {
  return runTool(
    { name: tool.name, given: { kind: 'json', text: JSON.stringify(given) } },
    { registry: new ToolRegistry([tool]), permissions: everything, context, ask: () => Promise.reject(new Error('Nobody is asked.')) },
  );
}

/** Names of files and folders that lead elsewhere, hide something, or are none. */
export const hostilePaths: readonly string[] = [
  '../outside.txt',
  'src/../../outside.txt',
  'src/../a.txt',
  String.raw`..\outside.txt`,
  '/etc/passwd',
  String.raw`C:\Windows\win.ini`,
  String.raw`\\server\share`,
  '~/.ssh/id_rsa',
  '.git/config',
  'src/.git/hooks/pre-commit',
  '.GIT/config',
  'git~1/config',
  '.multiagent/state.db',
  '.Multiagent/state.db',
  'src/.multiagent/x',
  'a\0.txt',
  'a\u001B[2J.txt',
  'a\n.txt',
  'a\u202Etxt.exe',
  'con',
  'x'.repeat(5000),
  `${'x/'.repeat(5000)}a`,
  '\uD800.txt',
  'link-out/secret.txt',
  'link-out',
  'link.txt',
];

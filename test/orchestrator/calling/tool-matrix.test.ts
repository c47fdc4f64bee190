import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { stepTools } from '../../../src/workflows/workflow-schema.ts';
import { startFakeBotserver } from '../../support/fake-botserver/start-fake-botserver.ts';
import type { ScriptedReply } from '../../support/fake-llama-server/plan-reply.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { noBrowserIn } from '../../support/browser-here.ts';
import { noSandbox } from '../../support/sandbox-here.ts';
import { knowingProject, writeProject } from '../../support/store-with-project.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';

const commandPath = '/usr/bin:/bin';

interface Row {
  tool: string;
  executor: 'mcp' | 'agent' | 'program' | undefined;
  /** Arguments that it can do something with, and what the answer then holds, which the call does not. */
  sound: Record<string, unknown>;
  says: string;
  /** Arguments as somebody writes them who means harm, or does not know better, and what the answer then holds. */
  hostile: Record<string, unknown>;
  refuses: string;
  /** Why this machine cannot do it, where it cannot: not every one has a sandbox, or a browser. */
  lacks?: string | undefined;
}

const rows: readonly Row[] = [
  {
    tool: 'read_file',
    executor: undefined,
    sound: { path: 'src/tax.py', first_line: 1 },
    says: 'RATE = 19',
    hostile: { path: '../../../etc/passwd', first_line: 1 },
    refuses: 'leads out of the project',
  },
  {
    tool: 'list_files',
    executor: undefined,
    sound: { folder: 'src' },
    says: 'tax.py',
    hostile: { folder: '/etc' },
    refuses: 'leads out of the project',
  },
  {
    tool: 'search_files',
    executor: undefined,
    sound: { text: 'RATE' },
    says: 'src/tax.py',
    hostile: { text: '' },
    refuses: 'it must not be empty',
  },
  {
    tool: 'execute_command',
    executor: undefined,
    sound: { command: 'cat src/tax.py' },
    says: 'RATE = 19',
    hostile: { command: 'cat /root/.ssh/id_rsa "$HOME/.netrc"; echo left > ../left-behind; exit 3' },
    refuses: '[exit code 3]',
    lacks: noSandbox,
  },
  {
    tool: 'database_schema',
    executor: undefined,
    sound: { file: 'tables.sql' },
    says: 'table orders',
    hostile: { file: '../other.sql' },
    refuses: 'leads out of the project',
  },
  {
    tool: 'database_query',
    executor: undefined,
    sound: { query: 'SELECT 1', file: 'shop.db' },
    says: 'There is no file',
    hostile: { query: "ATTACH '/etc/passwd' AS p", file: 'shop.db' },
    refuses: 'There is no file',
  },
  {
    tool: 'scan_secrets',
    executor: undefined,
    sound: {},
    says: 'Nothing that looks like a secret',
    hostile: { folder: '../..' },
    refuses: 'leads out of the project',
  },
  {
    tool: 'audit_dependencies',
    executor: undefined,
    sound: {},
    says: 'left-pad: any version',
    hostile: { fetch: true },
    refuses: 'has no argument',
  },
  {
    tool: 'look_at_page',
    executor: undefined,
    sound: { page: 'site/index.html' },
    says: 'heading "The rate is 19" [level=1]',
    hostile: { page: 'file:///etc/passwd' },
    refuses: 'cannot be opened',
    lacks: noSandbox ?? noBrowserIn(commandPath),
  },
  {
    tool: 'db_echo',
    executor: 'mcp',
    sound: { text: 'hello', times: 2 },
    says: 'hello\nhello',
    hostile: { text: 'x', times: 'y' },
    refuses: 'it must be a whole number',
  },
  {
    tool: 'security_scan',
    executor: 'agent',
    sound: { request: 'eval(x)' },
    says: 'No weakness.',
    hostile: { request: ' ' },
    refuses: 'it must not be empty',
  },
  {
    tool: 'stock_of',
    executor: 'program',
    sound: { part: 'screw' },
    says: '1200 pieces',
    hostile: { part: 'x'.repeat(40) },
    refuses: 'it must be short',
  },
];

const project = {
  'site/index.html': '<script type="module" src="rate.js"></script>',
  'site/rate.js': "document.body.innerHTML = '<h1>The rate is 19</h1>';",
  'src/tax.py': 'RATE = 19\n',
  'tables.sql': 'CREATE TABLE orders (id INTEGER PRIMARY KEY);\n',
  'package.json': '{ "dependencies": { "left-pad": "*" } }\n',
};

type Asked = Pick<Row, 'tool'> & { given: Record<string, unknown> };

/** One call, as the model writes it in its text or in its server's protocol. */
const protocols: Record<'text' | 'native', (call: Asked) => string | ScriptedReply> = {
  text: ({ tool, given }) =>
    `${tool}(${Object.entries(given)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(', ')})\n`,
  native: ({ tool, given }) => ({ text: '', calls: [{ id: `call_${tool}`, name: tool, arguments: JSON.stringify(given) }] }),
};

/** A step whose model calls one tool after the other, each with sound and with hostile arguments. */
async function everyCall(protocol: keyof typeof protocols) {
  const botserver = await startFakeBotserver({
    routes: { 'POST /api/botcoder/security/query': () => ({ output: 'No weakness.', exit_code: 0 }) },
  });
  onTestFinished(() => botserver[Symbol.asyncDispose]());
  const calls = rows.flatMap(({ tool, sound, hostile }): Asked[] => [
    { tool, given: sound },
    { tool, given: hostile },
  ]);
  const told: string[] = [];
  const fakeMcp = join(import.meta.dirname, '../../support/fake-mcp-server/main.ts');
  const team = await teamOnFake({
    settings: {
      max_concurrent_agents: 1,
      verify: 'off',
      model_profiles: [{ match: 'fake-model', calls: protocol }],
      mcp: { servers: { db: { command: process.execPath, args: [fakeMcp, 'well'], risk: 'read' } } },
      providers: { team: { kind: 'botserver', base_url: botserver.root } },
      tool_agents: 'team',
    },
    orchestrator: {
      store: knowingProject(new MemoryEventStore(), project),
      personEnvironment: { PATH: process.env['PATH'] },
      commandEnvironment: { PATH: commandPath },
      tools: [
        {
          name: 'stock_of',
          description: 'Tells how many pieces of a part are in stock.',
          example: 'stock_of("screw")',
          parameters: z.object({ part: z.string().max(20, 'it must be short') }),
          risk: 'read',
          execute: () => Promise.resolve('1200 pieces'),
        },
      ],
    },
    server: {
      contextTokens: 131_072,
      reply: ({ body }) => {
        told.push((body['messages'] as { content: string }[]).at(-1)?.content ?? '');
        const call = calls[told.length - 1];
        return call === undefined ? '# Told\n\nEach was called, and what it said was read.\n' : protocols[protocol](call);
      },
    },
  });
  writeProject(team.workspace, project);
  team.engine.registerWorkflow({
    name: 'house',
    steps: [
      {
        id: 'look',
        role: 'developer',
        task_type: 'looking',
        description: 'Look at all of it.',
        expects: 'text',
        tools: rows.map(({ tool }) => tool),
        max_iterations: 50,
      },
    ],
  });
  const result = await team.engine.executeWorkflow('house', 'Look.');
  const made = eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'tool' ? [data] : []));
  return { result, made, told: told.slice(1), workspace: team.workspace };
}

it('has every tool of the program that steps may call', () => {
  expect(rows.flatMap(({ tool, executor }) => (executor === undefined ? [tool] : []))).toEqual([...stepTools]);
});

/** What became of a call, and whether the model was told what it had to be told. */
interface Answer {
  tool: string;
  executor: string | undefined;
  failed: boolean;
  isTold: boolean;
}

/** A hostile command is no failure of its tool: it ran where it could do no harm, and its exit code says what came of it. */
const failsBy = ({ tool, lacks }: Row, kind: 'sound' | 'hostile') => kind === 'hostile' || tool === 'database_query' || lacks !== undefined;

it.each(['text', 'native'] as const)(
  'each tool says what it found, whoever does it, and refuses what is hostile; called by %s',
  async (protocol) => {
    const { result, made, told, workspace } = await everyCall(protocol);
    const answers = made.map(({ tool, executor, failed, exitCode }, index): Answer => {
      const row = rows[Math.floor(index / 2)]!;
      const words = index % 2 === 0 ? row.says : row.refuses;
      const isTold = row.lacks !== undefined || told[index]!.includes(words);
      return { tool, executor, failed: failed || (exitCode ?? 0) !== 0, isTold: isTold && !told[index]!.includes('root:') };
    });
    expect(answers).toEqual(
      rows.flatMap((row) =>
        (['sound', 'hostile'] as const).map((kind): Answer => ({
          tool: row.tool,
          executor: row.executor,
          failed: failsBy(row, kind),
          isTold: true,
        })),
      ),
    );
    expect(result.status).toBe('completed');
    expect([existsSync(join(workspace, 'left-behind')), existsSync(join(workspace, '..', 'left-behind'))]).toEqual([false, false]);
  },
);

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { knowingProject, writeProject } from '../../support/store-with-project.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { eventsOfType, teamOnFake, type TeamOnFakeOptions } from '../../support/team-on-fake.ts';
import { noSandbox, skipNote } from '../../support/sandbox-here.ts';

const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;
const project = { 'src/tax.py': 'RATE = 19\n', 'src/total.py': 'from tax import RATE\n', 'notes/plan.md': '# Plan\n' };
const mended = block('src/tax.py', 'RATE = 20\n');

interface Scene {
  /** What the step answers, each time that it is asked. */
  answers: readonly string[];
  step?: Record<string, unknown>;
  /** Done before each answer. */
  meanwhile?: (workspace: string) => void;
  team?: TeamOnFakeOptions;
}

/** A step that may call tools in a project of which it was shown nothing, and one after it. */
async function stepWithTools({ answers, step, meanwhile, team: options }: Scene) {
  const asked: string[][] = [];
  let workspace = '';
  const team = await teamOnFake({
    ...options,
    settings: { max_concurrent_agents: 1, file_check: 'report', verify: 'off', ...options?.settings },
    orchestrator: { store: knowingProject(new MemoryEventStore(), project), ...options?.orchestrator },
    server: {
      contextTokens: 32_768,
      reply: ({ body }: RequestRecord) => {
        const messages = (body['messages'] as { role: string; content: string }[]).map(({ role, content }) => `${role}: ${content}`);
        asked.push(messages);
        meanwhile?.(workspace);
        return messages.some((text) => text.includes('Tell what was done.'))
          ? `# Done\n\nThe rate was raised, as it was asked for.\n`
          : (answers[asked.length - 1] ?? mended);
      },
    },
  });
  ({ workspace } = team);
  writeProject(workspace, project);
  team.engine.registerWorkflow({
    name: 'house',
    steps: [
      {
        id: 'raise',
        role: 'developer',
        task_type: 'raising',
        description: 'Raise the rate.',
        expects: 'files',
        tools: ['read_file', 'list_files', 'search_files', 'execute_command'],
        ...step,
      },
      {
        id: 'tell',
        role: 'technical_writer',
        task_type: 'telling',
        description: 'Tell what was done.',
        expects: 'text',
        depends_on: ['raise'],
      },
    ],
  });
  const result = await team.engine.executeWorkflow('house', 'Raise the rate to 20.');
  const calls = eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'tool' ? [data] : []));
  return { ...team, result, asked, calls };
}

describe('a step that calls tools', () => {
  it('is understood where the model writes its calls as data', async () => {
    const { asked, result } = await stepWithTools({
      answers: ['I look first.\n\n```json\n{"name": "read_file", "arguments": {"path": "src/tax.py"}}\n```\n', mended],
    });
    expect(result.status).toBe('completed');
    expect(asked[1]?.at(-1)).toContain('RATE = 19');
  });

  it('is told of them, gets what they say behind all that was said, and later steps see it as it was', async () => {
    const call = 'I look for it.\n\nsearch_files("RATE")\n';
    const { result, asked, calls, workspace } = await stepWithTools({ answers: [call, 'read_file("src/tax.py")', mended] });
    expect(result.status).toBe('completed');
    const [first, second, third, after] = asked;
    expect(first!.at(-1)).toContain('search_files("some words")  Finds');
    expect(second!.slice(0, first!.length)).toEqual(first);
    expect(second!.slice(first!.length, -1)).toEqual([`assistant: ${call}`]);
    expect(second!.at(-1)).toMatch(
      /^user: # What your calls say\n\nsearch_files\("RATE"\):\n```\n[^]*src\/tax\.py[^]*src\/total\.py[^]*```\n\nGo on with your step now\.$/,
    );
    expect(third!.slice(0, second!.length)).toEqual(second);
    expect(third!.at(-1)).toContain('```src/tax.py\nRATE = 19\n```');
    expect(after!.slice(0, third!.length)).toEqual(third);
    expect(calls).toMatchObject([{ tool: 'search_files', arguments: { text: 'RATE' }, failed: false }]);
    expect(readFileSync(join(workspace, 'output/generated/latest/src/tax.py'), 'utf8')).toBe('RATE = 20\n');
  });

  it('is told of tables and of dependencies in what the run has written, and of secrets in the project that its copy lacks', async () => {
    const sql = '```sql:schema.sql\nCREATE TABLE orders (id int PRIMARY KEY);\n```\n';
    const meanwhile = (workspace: string) => writeFileSync(join(workspace, '.env'), 'TOKEN=q7Zx-93kLmT0vB_wR5yE\n');
    const calls = 'database_schema()\nscan_secrets()\naudit_dependencies()';
    const { result, asked } = await stepWithTools({
      answers: [`${sql}\n${calls}`, 'It is done.'],
      step: { tools: ['database_schema', 'database_query', 'scan_secrets', 'audit_dependencies'] },
      meanwhile,
    });
    expect(result.status).toBe('completed');
    expect(asked[0]!.at(-1)).toContain('database_query("SELECT count(*) FROM orders")  Shows');
    const told = asked[1]!.at(-1)!;
    expect(told).toContain('table orders\n  id int, primary key');
    expect(told).toContain('.env:1: a value that looks random, with the name TOKEN');
    expect(told).toContain('The project has no file that names dependencies');
    expect(told).not.toContain('q7Zx');
  });

  it.each([
    ['those of its role where it names none', undefined, 'scan_secrets()  Finds', 'execute_command'],
    ['its own where it names some', ['list_files'], 'list_files()  Lists', 'scan_secrets'],
  ])('has %s', async (_, tools, has, hasNot) => {
    const { result, asked } = await stepWithTools({ answers: [mended], step: { role: 'security', tools } });
    expect(result.status).toBe('completed');
    expect(asked[0]!.at(-1)).toContain('You act as the Security Engineer.');
    expect(asked[0]!.at(-1)).toContain(has);
    expect(asked[0]!.at(-1)).not.toContain(hasNot);
    expect(asked[0]![0]).toContain('a DevOps Engineer and a Technical Writer.');
  });

  it('has no tools of its role where it replies with data', async () => {
    const json = { json: { type: 'object', properties: { sound: { type: 'boolean' } }, required: ['sound'] } };
    const { asked } = await stepWithTools({ answers: ['{"sound": true}'], step: { role: 'security', expects: json, tools: undefined } });
    expect(asked[0]!.at(-1)).not.toContain('scan_secrets');
  });

  it('may give files, try them, and say at its end that it is done', async () => {
    const { result, asked, workspace } = await stepWithTools({
      answers: [`${block('new.py', 'ANSWER = 42\n')}\nsearch_files("ANSWER")`, 'It is done: ANSWER stands in new.py.'],
    });
    expect(result.status).toBe('completed');
    expect(asked[1]!.at(-1)).toContain('new.py');
    expect(readFileSync(join(workspace, 'output/generated/latest/new.py'), 'utf8')).toBe('ANSWER = 42\n');
  });

  it('gives files in each try: those of an earlier one are none of it', async () => {
    const { result, orchestrator, asked } = await stepWithTools({
      answers: [`${block('new.py', 'ANSWER = 42\n')}\nsearch_files("a")`, 'search_files("b")', 'search_files("c")', 'It is done.', mended],
      step: { max_iterations: 1 },
    });
    expect(result.tasks['raise']?.status).toBe('failed');
    await orchestrator.retryRun(result.workflow_id);
    expect(asked[4]!.at(-1)).toContain('Your last reply contained no file.');
  });

  it('is told what is wrong with a call, and of a tool that it does not have', async () => {
    const { asked } = await stepWithTools({
      answers: ['search_files()\nread_file("../secret")\nlist_files("src", "more", "still")', mended],
    });
    const told = asked[1]!.at(-1)!;
    expect(told).toContain("'text' is missing.");
    expect(told).toContain('`../secret` is not a path within the project.');
    expect(told).toContain('It takes at most');
  });

  it('calls nothing but what its step names, and is told what that is where it calls nothing else', async () => {
    const { result, asked, calls } = await stepWithTools({
      answers: ['search_files("RATE")', 'I look.\n\nsearch_files("RATE")', mended],
      step: { tools: ['list_files'] },
    });
    expect(result.status).toBe('completed');
    expect(calls).toMatchObject([{ tool: 'search_files', failed: true }]);
    expect(asked[1]!.at(-1)).toContain("There is no tool named 'search_files'.");
    expect(asked[1]!.at(-1)).toContain('The tools are: list_files.');
    expect(asked[2]!.at(-1)).toContain('Your last reply contained no file.');
  });

  it('is told where its files cannot be laid out, and goes on', async () => {
    const nowhere = join(temporaryFolder(), 'gone');
    const meanwhile = () => void vi.stubEnv('TMPDIR', nowhere);
    const { result, asked } = await stepWithTools({ answers: ['search_files("RATE")', mended], meanwhile });
    vi.unstubAllEnvs();
    expect(asked[1]!.at(-1)).toContain('The files could not be laid out for it: ENOENT');
    expect(result.status).toBe('completed');
  });

  it('is told that it has called the same before, then that it has to end, and fails where it never does', async () => {
    const { result, asked, calls } = await stepWithTools({ answers: Array.from({ length: 9 }, () => 'list_files("src")') });
    expect(calls.map(({ repeated }) => repeated)).toEqual([undefined, true]);
    expect(asked[2]!.at(-1)).toContain('You have called this before');
    expect(asked[3]!.at(-1)).toContain('No more tools can be called in this step.');
    expect(result.tasks['raise']).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('the reply only calls tools (list_files)') as string,
    });
  });

  it.each([
    ['two replies', ['search_files("RATE")', 'list_files("src")']],
    ['three replies', ['search_files("RATE")', 'read_file("gone.py")', 'list_files("src")']],
  ])('is told to end where it goes in a circle of %s', async (_, circle) => {
    const { asked } = await stepWithTools({ answers: Array.from({ length: 12 }, (_, at) => circle[at % circle.length]!) });
    expect(asked[circle.length + 2]!.at(-1)).toContain('No more tools can be called in this step.');
  });

  it('is told the same where all it does is to read files, and where others write some meanwhile', async () => {
    let count = 0;
    const { asked, calls } = await stepWithTools({
      answers: Array.from({ length: 9 }, () => 'I look.\n\nread_file("gone.py")\nsearch_files("RATE")'),
      meanwhile: (workspace) => writeFileSync(join(workspace, 'src/total.py'), `LOG = ${(count += 1)}\n`),
    });
    expect(calls.map(({ repeated }) => repeated)).toEqual([undefined, true]);
    expect(asked[3]!.at(-1)).toContain('No more tools can be called in this step.');
    const reading = await stepWithTools({ answers: Array.from({ length: 9 }, () => 'read_file("gone.py")') });
    expect(reading.asked[3]!.at(-1)).toContain('No more tools can be called in this step.');
  });

  it('may call the same again once the files are others', async () => {
    const list = 'list_files()';
    const { result, calls } = await stepWithTools({
      answers: [list, `${block('more.py', 'MORE = 1\n')}\n${list}`, 'It is done: more.py is there.'],
    });
    expect(result.status).toBe('completed');
    expect(calls.map(({ repeated }) => repeated)).toEqual([undefined, undefined]);
  });

  it('ends after as many calls as it may make', async () => {
    const { asked, result } = await stepWithTools({
      answers: ['search_files("a")', 'search_files("b")', 'search_files("c")', mended],
      step: { max_iterations: 2 },
    });
    expect(asked[3]!.at(-1)).toContain('No more tools can be called in this step.');
    expect(result.status).toBe('completed');
  });

  it('may be one that writes a text, whose calls are no document', async () => {
    const text = '# The rate\n\nThe rate stands in src/tax.py, and it is 19 per cent at the moment.\n';
    const { workspace } = await stepWithTools({ answers: ['read_file("src/tax.py")', text], step: { expects: 'text' } });
    expect(readFileSync(join(workspace, 'output/generated/latest/01-raising.md'), 'utf8')).toBe(text);
  });
});

describe.skipIf(noSandbox !== undefined)(`a command that a step calls${skipNote}`, () => {
  it('runs in the sandbox, on the project with what the step has written, and changes neither', async () => {
    const command = 'cat src/tax.py new.py; echo RATE = 7 > src/tax.py; touch left.txt; exit 3';
    const { asked, calls, workspace, result } = await stepWithTools({
      answers: [
        `${block('new.py', 'ANSWER = 42\n')}\nexecute_command(${JSON.stringify(command)})`,
        'execute_command("cat src/tax.py; ls")',
        mended,
        mended,
      ],
    });
    expect(calls).toMatchObject([
      { failed: true, exitCode: 3 },
      { failed: false, exitCode: 0 },
    ]);
    expect(asked[1]!.at(-1)).toContain('RATE = 19\nANSWER = 42\n');
    expect(asked[1]!.at(-1)).toContain('[exit code 3]');
    expect(asked[2]!.at(-1)).toContain('RATE = 19');
    expect(asked[2]!.at(-1)).not.toContain('left.txt');
    expect(readFileSync(join(workspace, 'src/tax.py'), 'utf8')).toBe('RATE = 19\n');
    expect(result.status).toBe('completed');
  });

  it('sees what the step has written, also where it holds keys by its name', async () => {
    const { asked } = await stepWithTools({
      answers: [`${block('keys.env', 'KEY=written\n')}\nexecute_command("cat keys.env")`, mended],
    });
    expect(asked[1]!.at(-1)).toContain('KEY=written');
  });
});

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { showAgent } from '../../src/cli/commands/agents.ts';
import { botserverAgents } from '../../src/llm/providers/botserver/botserver-agents.ts';
import { parse } from 'yaml';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam, teamReply } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { temporaryProject } from '../config/temporary-project.ts';

const broken = `name: broken
title: Broken
description: Has what can be wrong.
steps:
  - id: first
    role: develper
    task_type: implementation
    description: Build it.
    depends_on: [second]
    expects: files
  - id: second
    kind: agnet
    description: Look.
    depends_on: [first, thrid]
  - { id: third, role: developer, tasktype: testing, task_type: testing, description: Test it., expects: files }
`;

it('what cannot be used is told in one sentence, and where it is', async () => {
  const directory = temporaryProject({
    '.multiagent/workflows/big.yaml': '#'.repeat(70_000),
    '.multiagent/workflows/mine.yaml': 'title: Mine\nname: yours\nsteps: [{ id: a, kind: wait, seconds: 1 }]\n',
  });
  const { output } = await runCommand(['workflows'], { directory });
  expect(output).toMatch(/^big +cannot be used: .* it is larger than 64 kB\. See: multiagent workflows validate big /m);
  const { errors } = await runCommand(['run', 'mine', 'x'], { directory });
  expect(errors).toContain('line 2, column 7: name: it is called yours, but its file is called mine');
  expect(errors).toContain('Correct the lines named above and try again.');
});

it('names files that are left out, in lists, where one is looked for in vain, and when all are validated', async () => {
  const text = 'name: look\nsteps: [{ id: a, kind: wait, seconds: 1 }]\n';
  const directory = temporaryProject({
    '.multiagent/workflows/My Flow.yaml': text,
    '.multiagent/workflows/LOUD.YML': text,
    '.multiagent/workflows/notes.md': 'Not one.',
    '.multiagent/workflows/workflow.schema.json': '{}',
    '.multiagent/workflows/plain.yml': text.replace('look', 'plain'),
    '.multiagent/agents/poet.txt': 'You are a poet.',
  });
  symlinkSync(join(directory, '.multiagent/workflows/plain.yml'), join(directory, '.multiagent/workflows/linked.yaml'));
  const folder = '.multiagent/workflows';
  const sentences = [
    `${folder}/LOUD.YML is left out: a workflow is a file that ends in .yaml, such as loud.yaml.`,
    `"${folder}/My Flow.yaml" is left out: a workflow is a file of its name, in lower case without spaces, such as my_flow.yaml.`,
    `${folder}/linked.yaml is left out: it is a link, and links that came with a project are not followed.`,
  ];
  const list = await runCommand(['workflows'], { directory });
  expect(list.output.split('\n').filter((line) => line.includes('left out'))).toEqual(sentences);
  const valid = await runCommand(['workflows', 'validate'], { directory });
  expect([valid.code, valid.output]).toEqual([2, expect.stringContaining(`${folder}/My Flow.yaml: it is left out: a workflow is`)]);
  expect((await runCommand(['workflows', 'validate', 'plain'], { directory })).code).toBe(0);
  const json = JSON.parse((await runCommand(['workflows', '--json'], { directory })).output) as { name: string; error?: object }[];
  expect(json.find(({ name }) => name === 'LOUD.YML')?.error).toMatchObject({ code: 'workflow.left_out' });
  const { errors } = await runCommand(['run', 'my-flow', 'x'], { directory });
  expect(errors.replaceAll(/\s+/g, ' ')).toMatch(/There is no workflow called my-flow\..*LOUD\.YML is left out: .* names 2 more\./);
  const agents = await runCommand(['agents'], { directory });
  expect(agents.output).toContain('.multiagent/agents/poet.txt is left out: a role is a file that ends in .md.\n');
});

it('two files of one workflow stop only what uses it; whoever runs another one is told once', async () => {
  const text = (name: string) => `name: ${name}\ninputs: { requirement: optional }\nsteps: [{ id: a, kind: wait, seconds: 0.01 }]\n`;
  const directory = temporaryProject({
    '.multiagent/workflows/ship-it.yaml': text('ship_it'),
    '.multiagent/workflows/ship_it.yml': text('ship_it'),
    '.multiagent/workflows/other.yaml': text('other'),
  });
  const server = await startFakeLlamaServer({});
  onTestFinished(() => server.close());
  const unclear = 'The workflow ship_it stands in 2 files of ';
  const other = await runCommand(['run', 'other', '--base-url', server.address], { directory });
  expect([other.code, other.errors.replaceAll(/\s+/g, ' ').split(unclear).length]).toEqual([0, 2]);
  const used = await runCommand(['run', 'ship-it', '--base-url', server.address], { directory });
  expect([used.code, used.errors.replaceAll(/\s+/g, ' ')]).toEqual([
    2,
    expect.stringMatching(/ship-it\.yaml and ship_it\.yml\. Remove all but one of them/),
  ]);
  const valid = await runCommand(['workflows', 'validate'], { directory });
  expect([valid.code, valid.output]).toEqual([2, expect.stringContaining(unclear)]);
  expect((await runCommand(['workflows'], { directory })).output).toMatch(/^ship-it +cannot be used: The workflow ship_it stands in/m);
});

it('a workflow is shown with its names first, also those that its file leaves out', async () => {
  const directory = temporaryProject({ '.multiagent/workflows/look.yaml': 'name: look\nsteps: [{ id: a, kind: wait, seconds: 1 }]\n' });
  const { output } = await runCommand(['workflows', 'show', 'look'], { directory });
  expect(output).toMatch(/^# from .*\nname: look\ntitle: Look\ndescription: Look\nsteps:\n/);
});

describe('workflows new', () => {
  it('writes a workflow that is in order and runs, with the schema for editors, and never over another', async () => {
    const directory = temporaryFolder();
    const made = await runCommand(['workflows', 'new', 'Ship-it'], { directory });
    expect(made.output).toContain('Written: .multiagent/workflows/ship_it.yaml\n');
    const file = join(directory, '.multiagent/workflows/ship_it.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text.split('\n', 1)).toEqual(['# yaml-language-server: $schema=./workflow.schema.json']);
    const schema = await runCommand(['workflows', 'schema'], { directory });
    expect(readFileSync(join(directory, '.multiagent/workflows/workflow.schema.json'), 'utf8')).toBe(schema.output);

    const valid = await runCommand(['workflows', 'validate', 'ship-it'], { directory });
    expect([valid.code, valid.output]).toEqual([0, '.multiagent/workflows/ship_it.yaml: no problem in 3 steps.\n']);
    const server = await startFakeLlamaServer({ reply: replyAsTeam() });
    onTestFinished(() => server.close());
    const run = await runCommand(['run', 'ship-it', 'A todo list.', '--base-url', server.address], { directory });
    expect([run.code, run.output.match(/^Completed .*: \d of \d tasks/m)?.[0]]).toEqual([0, expect.stringMatching(/3 of 3 tasks$/)]);

    const again = await runCommand(['workflows', 'new', 'ship_it'], { directory });
    expect([again.code, again.errors]).toEqual([
      2,
      expect.stringMatching(/ship_it\.yaml exists, and was left as it is\.\n {2}Give another name/),
    ]);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('writes to the own folder on request, and says which workflow it replaces', async () => {
    const directory = temporaryFolder();
    const { code, output } = await runCommand(['workflows', 'new', 'bug-fix', '--own'], { directory });
    expect(code).toBe(0);
    expect(output).toContain('It stands in the place of the workflow bug-fix that is built in.');
    expect(existsSync(join(directory, '.config/multiagent/workflows/bug_fix.yaml'))).toBe(true);
    expect(existsSync(join(directory, '.multiagent'))).toBe(false);
  });

  it.each([
    ['a name that is none', ['workflows', 'new', '../evil'], /"\.\.\/evil" cannot be the name of a workflow\./],
    ['a role with a name that is none', ['agents', 'new', '7up'], /"7up" cannot be the name of a role\./],
  ])('refuses %s', async (_, args, message) => {
    const { code, errors } = await runCommand(args, { directory: temporaryFolder() });
    expect([code, errors]).toEqual([2, expect.stringMatching(message)]);
  });

  it('writes nothing through links of a project', async () => {
    const [directory, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(elsewhere, join(directory, '.multiagent'));
    const out = await runCommand(['workflows', 'new', 'mine'], { directory });
    expect([out.code, out.errors]).toEqual([2, expect.stringMatching(/leads out of the workspace by a link\./)]);
    expect(existsSync(join(elsewhere, 'workflows'))).toBe(false);

    const other = temporaryProject({ 'precious.txt': 'precious' });
    mkdirSync(join(other, '.multiagent/workflows'), { recursive: true });
    symlinkSync(join(other, 'precious.txt'), join(other, '.multiagent/workflows/workflow.schema.json'));
    symlinkSync(join(other, 'precious.txt'), join(other, '.multiagent/workflows/taken.yaml'));
    expect((await runCommand(['workflows', 'new', 'mine'], { directory: other })).code).toBe(0);
    expect((await runCommand(['workflows', 'new', 'taken'], { directory: other })).code).toBe(2);
    expect(readFileSync(join(other, 'precious.txt'), 'utf8')).toBe('precious');
  });
});

describe('workflows validate', () => {
  it('tells every problem with file, line, column, the text of the line and the nearest name, circles as paths, and ends with exit code 2', async () => {
    const directory = temporaryProject({ '.multiagent/workflows/broken.yaml': broken });
    const { code, output } = await runCommand(['workflows', 'validate'], { directory });
    expect(code).toBe(2);
    expect(output).toBe(`.multiagent/workflows/broken.yaml:5:9: steps[0]: the steps depend on each other in a circle: first → second → first
  5 |   - id: first
    |         ^
.multiagent/workflows/broken.yaml:6:11: first names the unknown role develper; did you mean developer?
  6 |     role: develper
    |           ^
.multiagent/workflows/broken.yaml:12:11: steps[1].kind: unknown value "agnet"; did you mean agent?
  12 |     kind: agnet
     |           ^
.multiagent/workflows/broken.yaml:14:25: steps[1]: second depends on the unknown step thrid; did you mean third?
  14 |     depends_on: [first, thrid]
     |                         ^
.multiagent/workflows/broken.yaml:15:35: steps[2]: unknown key tasktype; did you mean task_type?
  15 |   - { id: third, role: developer, tasktype: testing, task_type: testing, description: Test it., expe…
     |                                   ^
.multiagent/workflows/broken.yaml: 5 problems.
`);
    const list = await runCommand(['workflows', 'list'], { directory });
    expect(list.output).toMatch(
      /^broken +cannot be used: The workflow broken\.yaml has 4 problems\. See: multiagent workflows validate broken \(from/m,
    );
  });

  it('takes files from anywhere and names, and prints JSON for programs', async () => {
    const directory = temporaryProject({ 'flows/one.yaml': broken.replaceAll('develper', 'developer'), 'two.yaml': 'name: [' });
    const { code, output } = await runCommand(['workflows', 'validate', 'flows/one.yaml', 'two.yaml', 'bug-fix', '--json'], { directory });
    expect(code).toBe(2);
    const told = JSON.parse(output) as { name: string; file: string | null; valid: boolean; problems: object[] }[];
    expect(told.map(({ file, valid, problems }) => [file, valid, problems.length])).toEqual([
      ['flows/one.yaml', false, 4],
      ['two.yaml', false, 1],
      [null, true, 0],
    ]);
    expect(told[0]?.problems[0]).toEqual({
      line: 5,
      column: 9,
      text: '  - id: first',
      message: 'steps[0]: the steps depend on each other in a circle: first → second → first',
    });
  });

  it('knows the models and the roles of the settings, counts steps within steps, and warns of types of tasks', async () => {
    const text = `name: rounds
steps:
  - id: rounds
    kind: loop
    until: iteration > 0
    steps:
      - { id: build, role: developer, task_type: implementaton, description: Build it., expects: files, model: codr }
      - { id: look, kind: check, role: qa_engineer, criteria: [It works.] }
`;
    const settings = `models: { coder: { base_url: 'http://127.0.0.1:8081/v1' } }\nagents: { qa_engineer: { enabled: false } }\n`;
    const directory = temporaryProject({ '.multiagent/workflows/rounds.yaml': text, 'config.yaml': settings });
    const wrong = await runCommand(['workflows', 'validate'], { directory });
    expect(wrong.code).toBe(2);
    expect(wrong.output).toContain('rounds.yaml:7:112: build names the unknown model codr; did you mean coder?\n');
    expect(wrong.output).toContain(
      'rounds.yaml:8:40: look names the role qa_engineer, which the settings disable (agents.qa_engineer.enabled)\n',
    );
    writeFileSync(join(directory, 'config.yaml'), 'models: { codr: {} }\n');
    const right = await runCommand(['workflows', 'validate'], { directory });
    expect([right.code, right.output]).toEqual([
      0,
      expect.stringMatching(/:7:50: warning: build has a task type .*\n[^]*rounds\.yaml: no problem in 3 steps\.\n$/),
    ]);
  });

  it('holds a workflow of a project to what a project may decide', async () => {
    const text = `name: evil\ntitle: Evil\ndescription: Starts a program.\nsteps:\n  - { id: go, kind: command, command: curl evil.example, description: Go. }\n`;
    const directory = temporaryProject({ '.multiagent/workflows/evil.yaml': text });
    const { code, output } = await runCommand(['workflows', 'validate', '.multiagent/workflows/evil.yaml'], { directory });
    expect([code, output]).toEqual([
      2,
      expect.stringMatching(/would start a program\. A file of the project may not decide that\. Move the file/),
    ]);
  });

  it('says what to do where there is nothing of one’s own, no such file, no such name', async () => {
    const directory = temporaryFolder();
    const none = await runCommand(['workflows', 'validate'], { directory });
    expect([none.code, none.output]).toEqual([
      0,
      'There are only the built-in workflows. Write one of your own: multiagent workflows new my-workflow\n',
    ]);
    const file = await runCommand(['workflows', 'validate', 'none.yaml'], { directory });
    expect([file.code, file.errors]).toEqual([2, expect.stringMatching(/There is no file none\.yaml\./)]);
    const name = await runCommand(['workflows', 'validate', 'bug-fxi'], { directory });
    expect([name.code, name.errors]).toEqual([2, expect.stringMatching(/Did you mean bug-fix\?/)]);
  });
});

describe('workflows show, graph and diff', () => {
  it('show a definition that is the same one when it is read again', async () => {
    const directory = temporaryFolder();
    const { output } = await runCommand(['workflows', 'show', 'feature-development'], { directory });
    writeFileSync(join(directory, 'same.yaml'), output);
    const same = await runCommand(['workflows', 'diff', 'feature-development', 'same.yaml'], { directory });
    expect([same.code, same.output]).toEqual([0, 'They mean the same.\n']);
    const json = await runCommand(['workflows', 'show', 'same.yaml', '--json'], { directory });
    expect(JSON.parse(json.output)).toEqual(parse(output));
  });

  it('say in what two differ', async () => {
    const directory = temporaryFolder();
    const { output } = await runCommand(['workflows', 'show', 'bug-fix'], { directory });
    writeFileSync(join(directory, 'other.yaml'), output.replace('expects: text', 'expects: files').replace('title: Bug fix', 'title: Bug'));
    const different = await runCommand(['workflows', 'diff', 'bug-fix', 'other.yaml'], { directory });
    expect([different.code, different.output]).toEqual([1, '~ title: "Bug fix" → "Bug"\n~ bug_analysis: expects: "text" → "files"\n']);
    const json = await runCommand(['workflows', 'diff', 'bug-fix', 'other.yaml', '--json'], { directory });
    expect(JSON.parse(json.output)).toHaveLength(2);
  });

  it('draw the steps in a terminal, as Mermaid, as SVG, as JSON', async () => {
    const directory = temporaryFolder();
    const draw = (...options: string[]) => runCommand(['workflows', 'graph', 'analysis', ...options], { directory });
    expect((await draw()).output).toBe(`Analysis

●    requirements_gathering     Business Analyst, text
├─●  technical_feasibility      Developer, text
● │  infrastructure_assessment  DevOps Engineer, text
●─╯  final_analysis             Business Analyst, text
`);
    expect((await draw('--mermaid')).output).toMatch(/^---\ntitle: "Analysis"\n---\nflowchart TD\n/);
    expect((await draw('--svg')).output).toMatch(/^<svg xmlns=[^]*<\/svg>\n$/);
    expect(JSON.parse((await draw('--json')).output)).toMatchObject({ name: 'analysis', steps: { length: 4 } });
    const both = await draw('--svg', '--mermaid');
    expect([both.code, both.errors]).toEqual([2, expect.stringMatching(/cannot be used with/)]);
  });
});

describe('agents', () => {
  it('new writes a role that a workflow can use at once; show prints it as a file; list names it', async () => {
    const directory = temporaryFolder();
    const made = await runCommand(['agents', 'new', 'code-reviewer'], { directory });
    expect(made.output).toContain('Written: .multiagent/agents/code_reviewer.md\n');
    const list = await runCommand(['agents', 'list', '--json'], { directory });
    const listed = JSON.parse(list.output) as { role: string; specialist: boolean }[];
    const namesOf = (roles: typeof listed) => roles.map(({ role }) => role);
    expect(namesOf(listed.filter(({ specialist }) => !specialist))).toEqual([
      'business_analyst',
      'developer',
      'qa_engineer',
      'devops_engineer',
      'technical_writer',
      'code_reviewer',
    ]);
    expect(namesOf(listed.filter(({ specialist }) => specialist))).toEqual([...botserverAgents]);
    writeFileSync(
      join(directory, 'look.yaml'),
      'name: look\ntitle: Look\ndescription: A look.\nsteps: [{ id: look, role: code_reviewer, task_type: advice, description: Look at it., expects: text }]\n',
    );
    mkdirSync(join(directory, '.multiagent/workflows'), { recursive: true });
    writeFileSync(join(directory, '.multiagent/workflows/look.yaml'), readFileSync(join(directory, 'look.yaml')));
    const server = await startFakeLlamaServer({ reply: () => teamReply({ taskType: 'technical_review' }) });
    onTestFinished(() => server.close());
    const run = await runCommand(['run', 'look', 'A todo list.', '--base-url', server.address], { directory });
    expect(run.code).toBe(0);
    expect(JSON.stringify(server.requests)).toContain('You look first at what matters most to the customer.');

    const shown = await runCommand(['agents', 'show', 'code-reviewer'], { directory });
    const json = JSON.parse((await runCommand(['agents', 'show', 'code_reviewer_001', '--json'], { directory })).output) as {
      full: string;
    };
    expect(shown.output).toMatch(/^---\nname: code_reviewer\ntitle: Code Reviewer\n[^]*\n---\n\nYou are an experienced Code Reviewer\./);
    expect(shown.output.endsWith(`${json.full}\n`)).toBe(true);

    const again = await runCommand(['agents', 'new', 'code_reviewer'], { directory });
    expect([again.code, again.errors]).toEqual([2, expect.stringMatching(/code_reviewer\.md exists, and was left as it is/)]);
  });

  it('new says which role it replaces, show says which roles there are', async () => {
    const directory = temporaryFolder();
    const replaced = await runCommand(['agents', 'new', 'developer', '--own'], { directory });
    expect(replaced.output).toContain('It stands in the place of the role developer, and takes from it what it leaves out.');
    const unknown = await runCommand(['agents', 'show', 'devloper'], { directory });
    expect([unknown.code, unknown.errors]).toEqual([
      2,
      expect.stringMatching(/There is no role called devloper\.\n {2}Did you mean developer\?/),
    ]);
    await expect(showAgent('devloper', {})).rejects.toMatchObject({ code: 'role.unknown', category: 'usage' });
  });
});

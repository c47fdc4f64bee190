import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const workflow = `
version: 1
name: letter
inputs:
  requirement: optional
  audience: { type: text, description: Who reads it. }
  rounds: { type: number, default: 2 }
steps:
  - id: letter
    role: technical_writer
    task_type: letter
    description: Write to {{ inputs.audience }} in {{ inputs.rounds + 1 }} parts.
    expects: text
`;
const text = '# Letter\n\nDear readers, this letter tells of everything that was asked for, in all of its parts, and of nothing else.\n';

async function run(files: Record<string, string>, args: string[], options: FakeLlamaServerOptions = { reply: () => ({ text }) }) {
  const server = await startFakeLlamaServer(options);
  onTestFinished(() => server.close());
  const directory = temporaryFolder();
  mkdirSync(join(directory, '.multiagent', 'workflows'), { recursive: true });
  writeFileSync(join(directory, '.multiagent', 'workflows', 'letter.yaml'), workflow);
  writeFileSync(
    join(directory, '.multiagent', 'workflows', 'strict.yaml'),
    workflow.replaceAll('letter', 'strict').replace('requirement: optional', 'requirement: required'),
  );
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  const ended = await runCommand(['run', ...args, '--base-url', server.address], { directory });
  const asked = server.requests.filter(({ body }) => 'messages' in body).map(({ body }) => JSON.stringify(body['messages']));
  return { ...ended, errors: ended.errors.replaceAll(/\s+/g, ' '), asked };
}

const told = (asked: string[]) => asked.map((messages) => /Write to (.*? in \d+ parts)/.exec(messages)?.[1] ?? '').toSorted();

describe('run with sets of inputs', () => {
  it.each<[string, string]>([
    ['sets.yaml', '- { audience: children, rounds: 4 }\n- audience: experts\n'],
    ['sets.json', '[{ "audience": "children", "rounds": 4 }, { "audience": "experts" }]'],
    ['sets.jsonl', '{ "audience": "children", "rounds": "4" }\n\n{ "audience": "experts" }\r\n'],
  ])('is a run for each set of %s', async (file, content) => {
    const { code, output, asked } = await run({ [file]: content }, ['letter', '--inputs', file]);
    expect(code).toBe(0);
    expect(told(asked)).toEqual(['children in 5 parts', 'experts in 3 parts']);
    expect(output).toMatch(/^set 1 {2}Run \S+: /m);
    expect(output).toMatch(/\nset 1:\nCompleted[^]*\nset 2:\nCompleted/);
  });

  it('is a run for each requirement with each set; --input is the same for all', async () => {
    const files = { 'a.md': 'Of tea.', 'b.md': 'Of cake.', 'sets.yaml': '- audience: children\n- audience: experts\n' };
    const { code, output, asked } = await run(files, [
      'letter',
      '--req',
      'a.md',
      '--req',
      'b.md',
      '--inputs',
      'sets.yaml',
      '--input',
      'rounds=7',
    ]);
    expect(code).toBe(0);
    const pairs = asked.map((messages) => [/Of (tea|cake)/.exec(messages)?.[1], ...told([messages])].join(': '));
    expect(pairs.toSorted()).toEqual([
      'cake: children in 8 parts',
      'cake: experts in 8 parts',
      'tea: children in 8 parts',
      'tea: experts in 8 parts',
    ]);
    expect(output).toMatch(/\na, set 1:\n[^]*\na, set 2:\n[^]*\nb, set 1:\n[^]*\nb, set 2:\n/);
  });

  it('takes the requirement from the sets, or one for all of them in words', async () => {
    const own = await run({ 's.yaml': '- { audience: a, requirement: Of tea. }\n- { audience: b, requirement: Of cake. }\n' }, [
      'strict',
      '--inputs',
      's.yaml',
    ]);
    expect(own.code).toBe(0);
    expect(own.asked.map((messages) => /Of (tea|cake)/.exec(messages)?.[1] ?? '').toSorted()).toEqual(['cake', 'tea']);
    const shared = await run({ 's.yaml': '- { audience: a }\n' }, ['strict', 'Of milk.', '--inputs', 's.yaml']);
    expect([shared.code, shared.asked.filter((messages) => messages.includes('Of milk.')).length]).toEqual([0, 1]);
  });

  it.each<[string, string, string[]]>([
    ['', 's.yaml holds no set of inputs.', []],
    ['audience: x', 's.yaml holds no list of sets.', []],
    ['- x\n', 's.yaml, set 1 (line 1) is no list of names with values.', []],
    ['- { audience: x\n', 's.yaml, line 2:', []],
    [
      '- audience: x\n- audiense: y\n',
      's.yaml, set 2 (line 2): The workflow letter has no input called audiense. Did you mean audience?',
      [],
    ],
    [
      '- audience: x\n\n- audience: y\n  rounds: many\n',
      's.yaml, set 2 (line 3): The input rounds of the workflow letter expects a number, found "many". Correct s.yaml.',
      [],
    ],
    ['- audience: 7\n', 'set 1 (line 1): The input audience of the workflow letter expects a text, found 7.', []],
    [
      '- rounds: 1\n- audience: y\n- rounds: no\n',
      '2 sets of inputs cannot be used: s.yaml, set 1 (line 1): The workflow letter needs the input audience (a text: Who reads it.), and it is not given. s.yaml, set 3 (line 3): The input rounds',
      [],
    ],
    [
      '- audience: x\n',
      'set 1 (line 1): The input audience is given here and with --input, which is for all sets.',
      ['--input', 'audience=y'],
    ],
    [
      '- { audience: x, requirement: A }\n',
      'set 1 (line 1): The requirement is given here and on the command line, which is for all sets.',
      ['--requirement', 'B'],
    ],
    ['- { audience: x, requirement: [A] }\n', 'set 1 (line 1): The requirement is a text.', []],
    ['- audience: x\n', 'A recording holds one run', ['--record', 'r.jsonl']],
  ])('says which set is wrong, and starts nothing: %j', async (content, message, args) => {
    const { code, errors, asked } = await run({ 's.yaml': content }, ['letter', '--inputs', 's.yaml', ...args]);
    expect(errors).toContain(message);
    expect([code, asked]).toEqual([2, []]);
  });

  it('says what is wrong with a file of lines, and which set has no requirement', async () => {
    const lines = await run({ 's.jsonl': '{ "audience": "x" }\n{ audience }\n' }, ['letter', '--inputs', 's.jsonl']);
    expect([lines.code, lines.errors]).toEqual([2, expect.stringContaining('s.jsonl, line 2: ')]);
    const none = await run({ 's.yaml': '- { audience: a, requirement: Of tea. }\n- { audience: b }\n' }, ['strict', '--inputs', 's.yaml']);
    expect([none.code, none.errors]).toEqual([
      2,
      expect.stringContaining('s.yaml, set 2 (line 2): It has no requirement. Give each set one'),
    ]);
    const many = await run({ 's.yaml': '- audience: x\n'.repeat(201) }, ['letter', '--inputs', 's.yaml']);
    expect([many.code, many.errors]).toEqual([2, expect.stringContaining('s.yaml holds 201 sets of inputs; a command takes 200 at most.')]);
    expect((await run({}, ['letter', '--inputs', 'none.yaml'])).errors).toContain('The inputs file none.yaml cannot be read');
  });
});

it('tells of every run that could not start, also where none could', async () => {
  const nobody = workflow.replaceAll('letter', 'nobody').replace('role: technical_writer', 'role: poet');
  const files = { 'a.md': 'Tea.', 'b.md': 'Cake.', 'nobody.yaml': nobody };
  const { code, errors, asked } = await run(files, [
    '--workflow',
    'nobody.yaml',
    '--req',
    'a.md',
    '--req',
    'b.md',
    '--input',
    'audience=x',
  ]);
  expect([code, asked]).toEqual([2, []]);
  expect(errors).toMatch(/a was not run\. Error: .*poet.*b was not run\. Error: .*poet/);
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
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
  points: { type: list, default: [] }
steps:
  - id: letter
    role: technical_writer
    task_type: letter
    description: Write to {{ inputs.audience }} in {{ inputs.rounds + 1 }} parts on {{ inputs.points.join(' and ') }}.
    expects: text
`;

async function run(...args: string[]) {
  const text = `# Letter\n\nDear readers, this letter tells of everything that was asked for, in all of its parts, and of nothing else.\n`;
  const server = await startFakeLlamaServer({ reply: () => ({ text }) });
  onTestFinished(() => server.close());
  const directory = temporaryFolder();
  mkdirSync(join(directory, '.multiagent', 'workflows'), { recursive: true });
  writeFileSync(join(directory, '.multiagent', 'workflows', 'letter.yaml'), workflow);
  writeFileSync(join(directory, 'other.yaml'), workflow.replace('name: letter', 'name: other'));
  writeFileSync(
    join(directory, 'program.yaml'),
    'name: program\ninputs: { requirement: optional }\nsteps:\n  - { id: ls, kind: command, command: ls }\n',
  );
  const ended = await runCommand(['run', ...args, '--base-url', server.address], { directory });
  const asked = JSON.stringify(server.requests.filter(({ body }) => 'messages' in body).map(({ body }) => body['messages']));
  return { ...ended, asked };
}

it('gives a workflow its inputs with their types, and asks for no requirement that it does not need', async () => {
  const { code, asked, errors } = await run(
    'letter',
    '--input',
    'audience=all of us',
    '--input',
    'rounds=4',
    '--input',
    'points=tea, cake',
  );
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(asked).toContain('Write to all of us in 5 parts on tea and cake.');
});

it('runs a workflow from a file, and takes the words after it as the requirement', async () => {
  const { code, asked } = await run('--workflow', 'other.yaml', '--input', 'audience=you', 'Be', 'kind.');
  expect(code).toBe(0);
  expect(asked).toContain('Write to you in 3 parts on .');
  expect(asked).toContain('Be kind.');
});

it.each<[string[], string[]]>([
  [
    ['letter'],
    [
      'The workflow letter needs the input audience (a text: Who reads it.), and it is not given.',
      'Give it with --input audience=<value>.',
    ],
  ],
  [
    ['letter', '--input', 'audiense=x'],
    ['The workflow letter has no input called audiense.', 'Did you mean audience? Its inputs: audience, rounds, points.'],
  ],
  [
    ['letter', '--input', 'audience=x', '--input', 'rounds=many'],
    ['The input rounds of the workflow letter expects a number, found "many".'],
  ],
  [
    ['letter', '--input', 'audience'],
    ['--input takes a name and a value; it was given "audience".', 'Give it as --input name=value.'],
  ],
  [['letter', '--input', 'audience=x', '--input', 'audience=y'], ['The input audience is given twice.']],
  [
    ['letter', '--input', 'requirement=x'],
    ['The requirement is not given with --input.', 'Give it with --requirement or --req.'],
  ],
  [
    ['analysis', 'Any.', '--input', 'audience=x'],
    ['The workflow analysis has no input called audience.', 'It has none but the requirement: --req or --requirement.'],
  ],
  [['--workflow', 'none.yaml'], ['none.yaml cannot be read']],
  [['--workflow', 'program.yaml'], ['came with the workspace, and steps[0] (ls, kind: command) would start a program.']],
  [[], ['No workflow is named.']],
])('says what is wrong and what to type, and starts nothing: run %j', async (args, words) => {
  const { code, errors, asked } = await run(...args);
  expect(code).toBe(2);
  for (const word of words) expect(errors.replaceAll(/\s+/g, ' ')).toContain(word);
  expect(asked).toBe('[]');
});

import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import type { Example } from '../../../src/agents/examples/example.ts';
import { readExamples } from '../../../src/agents/examples/read-examples.ts';
import { nothingBelow } from '../../../src/orchestrator/checks/project-below.ts';
import { noPackages } from '../../../src/orchestrator/checks/seen-packages.ts';
import { tryExamples } from '../../../src/orchestrator/trials/try-examples.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { chooseSandbox } from '../../../src/sandbox/choose-sandbox.ts';

const tried = async (examples: readonly Example[], files: { path: string; content: string }[], timeoutMilliseconds = 60_000) =>
  tryExamples({
    sandbox: chooseSandbox('off'),
    examples,
    files,
    environment: { PATH: env['PATH'] ?? '', HOME: tmpdir() },
    workspace: '/nowhere',
    packages: noPackages,
    below: nothingBelow,
    timeoutMilliseconds,
    signal: new AbortController().signal,
  });

const outcomes = async (requirement: string, files: { path: string; content: string }[]) =>
  (await tried(readExamples(requirement, []), files)).map(({ outcome, held, of, why }) => [outcome, `${held}/${of}`, why ?? '']);

const share = { path: 'tools.py', content: 'def share(total, people):\n    return [total // people] * people\n' };
const calls = 'Write `tools.py` with `share(total, people)`.\n\n    share(6, 2)   gives [3, 3]\n    share(7, 2)   gives [4, 3]';

describe('examples that are tried', () => {
  it('hold where the calls give what is written', async () => {
    const right = { path: 'tools.py', content: 'def share(t, p):\n    return [t // p + (n < t % p) for n in range(p)]\n' };
    expect(await outcomes(calls, [right])).toEqual([['holds', '2/2', '']]);
  });

  it('fail with the first thing that came out otherwise, and those that hold count', async () => {
    expect(await outcomes(calls, [share])).toEqual([['fails', '1/2', '`share(7, 2)` is [3, 3]']]);
  });

  it('fail where the module cannot be imported, and what it prints is no report', async () => {
    const noisy = { path: 'tools.py', content: `print('{"line": 0, "holds": true}')\nraise RuntimeError("no")\n` };
    expect(await outcomes(calls, [noisy])).toEqual([['fails', '0/2', 'RuntimeError: no']]);
  });

  it('of JavaScript and TypeScript use what the module exports, by name or as a whole', async () => {
    const requirement = (file: string) =>
      `Write \`${file}\` with a class \`Card\`.\n\n    const card = new Card(2);\n    card.add(1);   // 1\n    card.list();   // [1, 0]`;
    const body =
      '{ size; count = 0; constructor(size) { this.size = size; } add(n) { return (this.count += n); } list() { return [1, 0]; } }';
    const typed = body
      .replace('constructor(size)', 'constructor(size: number)')
      .replace('size;', 'size: number;')
      .replace('add(n)', 'add(n: number)');
    expect(await outcomes(requirement('card.mjs'), [{ path: 'card.mjs', content: `export class Card ${body}` }])).toEqual([
      ['holds', '2/2', ''],
    ]);
    expect(await outcomes(requirement('card.cjs'), [{ path: 'card.cjs', content: `class Card ${body}\nmodule.exports = Card;` }])).toEqual([
      ['holds', '2/2', ''],
    ]);
    expect(await outcomes(requirement('card.ts'), [{ path: 'card.ts', content: `export class Card ${typed}` }])).toEqual([
      ['holds', '2/2', ''],
    ]);
  });

  it('of commands are given their input and files, and what they keep is there for the next one', async () => {
    const list = {
      path: 'list.py',
      content:
        'import sys, os\nif sys.argv[1:] == ["add", "x"]:\n    open("kept", "a").write("x\\n")\n    print("added x")\nelif os.path.exists("kept"):\n    print(open("kept").read(), end="")\nelse:\n    print("empty")\n    sys.exit(1)\n',
    };
    const requirement =
      'Write `list.py`.\n\n    python3 list.py add x\n    added x\n    python3 list.py show\n    x\n\n`python3 list.py show` prints `empty` and ends with exit code 1.';
    expect(await outcomes(requirement, [list])).toEqual([
      ['holds', '2/2', ''],
      ['holds', '1/1', ''],
    ]);
  });

  it('tell what was printed instead, and which exit code came', async () => {
    const requirement =
      'Write `roman.py`. `roman.py 7` prints `VII`. `roman.py 0` prints `none` and ends with exit code 2. `roman.py 8` prints `VIII`.';
    const wrong = { path: 'roman.py', content: 'import sys\nprint({"7": "7", "0": "none"}.get(sys.argv[1], ""))\n' };
    expect(await outcomes(requirement, [wrong])).toEqual([
      ['fails', '0/1', '`python3 roman.py 7` printed `7`'],
      ['fails', '0/1', '`python3 roman.py 0` ended with exit code 0'],
      ['fails', '0/1', '`python3 roman.py 8` printed nothing'],
    ]);
  });

  it('that do not end are ended, and those after them are not waited for', async () => {
    const requirement = 'Write `roman.py`. `roman.py 7` prints `VII`. `roman.py 8` prints `VIII`.';
    const endless = { path: 'roman.py', content: 'while True:\n    pass\n' };
    const results = await tried(readExamples(requirement, []), [endless], 1500);
    expect(results.map(({ outcome, why, hung }) => [outcome, why, hung])).toEqual([
      ['fails', '`python3 roman.py 7` did not end', true],
      ['not_run', 'not tried after one that did not end', undefined],
    ]);
  });

  it('say nothing where the program that runs them is not there', async () => {
    const example: Example = { kind: 'commands', quote: 'x', files: [], commands: [{ command: 'no-such-program-here', exitCode: 0 }] };
    expect((await tried([example], [share]))[0]?.outcome).toBe('not_run');
  });

  it('write nothing outside, whatever a program puts in the place of what is given to the next one', async () => {
    const outside = join(temporaryFolder(), 'mine.txt');
    writeFileSync(outside, 'mine');
    const swap = [
      'import os, sys',
      'for name in os.listdir("."):',
      '    if name.startswith(".multiagent"):',
      `        os.remove(name); os.symlink(${JSON.stringify(outside)}, name)`,
      'print("done")',
    ];
    const requirement = 'Write `swap.py`.\n\n    python3 swap.py one\n    done\n    python3 swap.py two\n    done';
    expect(await outcomes(requirement, [{ path: 'swap.py', content: swap.join('\n') }])).toEqual([['holds', '2/2', '']]);
    expect(readFileSync(outside, 'utf8')).toBe('mine');
  });

  it('leave out project files whose paths lead out, as a journal from elsewhere may name them', async () => {
    const right = { path: 'tools.py', content: 'def share(t, p):\n    return [t // p + (n < t % p) for n in range(p)]\n' };
    const name = `escaped-${randomUUID()}`;
    expect(await outcomes(calls, [right, { path: `../${name}`, content: 'x' }])).toEqual([['holds', '2/2', '']]);
    expect(existsSync(join(tmpdir(), name))).toBe(false);
  });

  it('leave nothing behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('multiagent-example-'));
    await outcomes(calls, [share]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('multiagent-example-') && !before.includes(name))).toEqual([]);
  });
});

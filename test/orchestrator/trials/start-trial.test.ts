import { describe, expect, it, test } from 'vitest';
import { startTrial, type FileUse } from '../../../src/orchestrator/trials/start-trial.ts';
import type { CommandResult } from '../../../src/sandbox/sandbox.ts';

const failed = (output: string): CommandResult => ({ outcome: 'failed', exitCode: 1, durationMilliseconds: 1, output }) as CommandResult;

function faultIn(path: string, use: FileUse, output: string, outcome: CommandResult['outcome'] = 'failed'): string | undefined {
  return startTrial(path, { use, paths: [path] })?.faultIn({ ...failed(output), outcome });
}

const trace = (line: string) => `Traceback (most recent call last):\n  File "tips.py", line 3, in <module>\n${line}\n`;

describe('what a start shows to be wrong, whatever a program is given', () => {
  test.each<[string, string, FileUse, string, string]>([
    ['a name that is not there', 'tips.py', 'program', trace("NameError: name 'sy' is not defined"), 'cannot be started: NameError'],
    ['an exception in a module', 'tips.py', 'module', trace('EOFError: EOF when reading a line'), 'cannot be loaded: EOFError'],
    [
      'a property that cannot be set',
      'card.js',
      'module',
      'file:///x/card.js:6\n    this.stamps = [];\n\nTypeError: Cannot set property stamps of #<Card> which has only a getter\n    at new Card\n\nNode.js v24',
      'card.js cannot be loaded: TypeError: Cannot set property stamps',
    ],
    [
      'an import that is not used',
      'main.go',
      'program',
      '# command-line-arguments\n./main.go:4:2: "os" imported and not used\n',
      'it does not compile: "os" imported and not used',
    ],
    [
      'a type that does not fit',
      'main.rs',
      'program',
      'error[E0308]: mismatched types\n --> main.rs:2:5\n',
      'it does not compile: mismatched types',
    ],
    [
      'a symbol that is not there',
      'Main.java',
      'program',
      'Main.java:3: error: cannot find symbol\n  x\n1 error\n',
      'it does not compile: cannot find symbol',
    ],
  ])('%s', (_, path, use, output, expected) => {
    expect(faultIn(path, use, output)).toContain(expected);
  });

  test.each<[string, string, FileUse, string]>([
    ['a program that misses its arguments', 'tips.py', 'program', trace('IndexError: list index out of range')],
    ['a usage on the error output', 'tips.py', 'program', 'usage: tips.py FILE\n'],
    ['a package that is not on this machine', 'tips.py', 'module', trace("ModuleNotFoundError: No module named 'numpy'")],
    ['a script for browsers', 'shop.js', 'program', 'ReferenceError: document is not defined\n    at file:///x/shop.js:1:1'],
    ['a crate that is not on this machine', 'main.rs', 'program', 'error[E0432]: unresolved import `serde`\n'],
  ])('is not %s', (_, path, use, output) => {
    expect(faultIn(path, use, output)).toBeUndefined();
  });

  it('a module gives control back, a program may wait for work', () => {
    expect(faultIn('serve.js', 'module', '', 'timed_out')).toContain('does not come to an end');
    expect(faultIn('serve.js', 'program', '', 'timed_out')).toBeUndefined();
    expect(faultIn('serve.js', 'module', 'ReferenceError: x is not defined', 'stopped')).toBeUndefined();
  });
});

describe('what is run', () => {
  test.each<[string, FileUse, string[], string | undefined]>([
    ['tips.py', 'program', [], 'python3 -B tips.py < /dev/null'],
    ['card.mjs', 'program', [], 'node --no-warnings card.mjs < /dev/null'],
    ['card.ts', 'module', [], `node --no-warnings --input-type=module -e 'await import("./card.ts")' < /dev/null`],
    ['shop.js', 'program', ['index.html'], undefined],
    ['types.d.ts', 'module', [], undefined],
    [
      'cmd/main.go',
      'program',
      ['cmd/read.go', 'cmd/main_test.go', 'other.go'],
      "go build -o /dev/null 'cmd/main.go' 'cmd/read.go' < /dev/null",
    ],
    ['main.rs', 'program', ['Cargo.toml'], undefined],
    ['data.json', 'module', [], undefined],
    ["it's.py", 'program', [], undefined],
  ])('%s as a %s', (path, use, others, expected) => {
    expect(startTrial(path, { use, paths: [path, ...others] })?.command).toBe(expected);
  });
});

import { expect, it } from 'vitest';
import { installSentence } from '../../../src/orchestrator/packages/install-sentence.ts';

const install = { manager: 'npm', namedIn: ['package.json'], durationMilliseconds: 1240, output: '' };

it.each([
  [{ outcome: 'passed' }, 'The packages of package.json were fetched with npm in 1.2 s.'],
  [{ outcome: 'passed', sandbox: 'off' }, 'The packages of package.json were fetched with npm in 1.2 s, without a sandbox.'],
  [{ outcome: 'timed_out' }, 'The packages of package.json were still being fetched with npm after 1.2 s: it was ended (install_timeout).'],
  [{ outcome: 'stopped' }, 'The packages of package.json were not fetched: it was stopped.'],
  [
    { outcome: 'not_started', output: 'npm is not on this machine' },
    'The packages of package.json were not fetched: npm is not on this machine.',
  ],
  [{ outcome: 'failed', exitCode: 3 }, 'The packages of package.json could not be fetched with npm: exit code 3.'],
  [{ outcome: 'failed', exceeded: 'memory' }, 'The packages of package.json could not be fetched with npm: it used too much memory.'],
  [
    { outcome: 'failed', output: 'npm warn old\nnpm error code E404\nnpm error errno -2\nnpm error 404 Not Found: greet\nnpm error log\n' },
    'The packages of package.json could not be fetched with npm: npm error 404 Not Found: greet.',
  ],
  [{ outcome: 'failed', output: 'one\ntwo.\n' }, 'The packages of package.json could not be fetched with npm: two.'],
] as const)('%o is told as it was', (ended, sentence) => {
  expect(installSentence({ ...install, ...ended })).toBe(sentence);
});

it('names some of many files', () => {
  const namedIn = ['a/go.mod', 'b/go.mod', 'c/go.mod', 'd/go.mod', 'e/go.mod'];
  expect(installSentence({ ...install, namedIn, outcome: 'passed' })).toContain('of a/go.mod, b/go.mod, c/go.mod and 2 more were');
});

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { fillText } from '../../../src/orchestrator/scope/fill-text.ts';

const hostile = 'it\'s "$(echo run)" \\$HOME `echo run` \\\'; echo run #\n!!';
const fill = (command: string) => String(fillText(command, { inputs: { value: hostile } }, 'shell'));

describe('a value in a command is what it is, and nothing in it is run', () => {
  it.each([
    ['a word', '{{ inputs.value }}', hostile],
    ['part of a word', "a/{{ 'x' + inputs.value }}.txt", `a/x${hostile}.txt`],
    ['between quotation marks that are closed', `"a"{{ inputs.value }}'b'`, `a${hostile}b`],
    ['in double quotation marks', '"<{{ inputs.value }}>"', `<${hostile}>`],
    ['in single quotation marks', "'<{{ inputs.value }}>'", `<${hostile}>`],
    ['after an escaped quotation mark', String.raw`\"{{ inputs.value }}`, `"${hostile}`],
    ['after an escaped one in others', String.raw`"\"{{ inputs.value }}"`, `"${hostile}`],
    ['in a command within quotation marks', '"$(printf %s {{ inputs.value }})"', hostile],
    ['behind a command within quotation marks', `"$(printf '(') {{ inputs.value }}"`, `( ${hostile}`],
    ['behind a subshell in such a command', '"$( (true); printf %s {{ inputs.value }})"', hostile],
    ['behind one between backquotes', '`printf a`{{ inputs.value }}', `a${hostile}`],
  ])('as %s', (_, written, expected) => {
    const { stdout, stderr } = spawnSync('sh', ['-c', fill(`# don't stop\nprintf %s ${written}`)], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual([expected, '']);
  });

  it.each([
    ['between backquotes', 'echo "`echo {{ inputs.value }}`"'],
    ['in a here-document', 'cat <<EOF\n{{ inputs.value }}\nEOF'],
  ])('but not %s: there it is refused', (_, written) => {
    expect(() => fill(written)).toThrow('"inputs.value": a value cannot stand in a here-document or between backquotes');
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeTexts } from '../../../src/project/changes/merge-texts.ts';

function merge(base: string, project: string, run: string) {
  const merged = mergeTexts({ base: Buffer.from(base), project: Buffer.from(project), run: Buffer.from(run) });
  return merged.kind === 'merged' ? Buffer.from(merged.content).toString() : merged;
}

describe('merging what a project and a run have made of a text', () => {
  it('takes both changes where they stand apart', () => {
    expect(merge('1\n2\n3\n4\n5\n', 'one\n2\n3\n4\n5\n', '1\n2\n3\n4\nfive\nsix\n')).toBe('one\n2\n3\n4\nfive\nsix\n');
    expect(merge('1\n2\n3\n', '2\n3\n', '1\n2\n3')).toBe('2\n3');
  });

  it('takes a change that both have made once', () => {
    expect(merge('1\n2\n3\n', '1\n2\n3\nfour\n', '1\n2\n3\nfour\n')).toBe('1\n2\n3\nfour\n');
  });

  it('names each place that both have changed, with the line of the project', () => {
    expect(merge('1\n2\n3\n4\n', '0\n1\nours\n3\n4\n', '1\ntheirs\n3\n4\n')).toEqual({
      kind: 'conflict',
      places: [{ line: 3, project: ['ours'], base: ['2'], run: ['theirs'] }],
    });
  });

  it('keeps the line ends and the byte order mark of the project, whatever a model writes', () => {
    expect(merge('1\r\n2\r\n3\r\n', '1\r\n2\r\n3\r\n4\r\n', 'one\n2\n3\n')).toBe('one\r\n2\r\n3\r\n4\r\n');
    expect(merge('1\n2\n3\n', '\uFEFF1\n2\n3\n4\n', 'one\n2\n3\n')).toBe('\uFEFFone\n2\n3\n4\n');
  });

  it('says why it merges no bytes that are not text', () => {
    const bytes = Uint8Array.of(0xff, 0xfe);
    const text = Buffer.from('a\n');
    expect(mergeTexts({ base: text, project: bytes, run: text })).toEqual({ kind: 'unmergeable', why: 'it is no text' });
    expect(merge('a\0', 'a\n', 'a\n')).toEqual({ kind: 'unmergeable', why: 'it is no text' });
  });

  it('gives up beforehand where merging would take minutes', () => {
    const [base, project, run] = [1, 2, 3].map((first) => `${first}${'\n'.repeat(3000)}`);
    expect(merge(base!, project!, run!), 'what is the same in all three costs nothing').toMatchObject({
      kind: 'conflict',
      places: [{ line: 1 }],
    });
    expect(merge(`a${'\n'.repeat(3000)}`, `\nb${'\n'.repeat(3000)}c`, `c\n${'\n'.repeat(3000)}d`)).toEqual({
      kind: 'unmergeable',
      why: 'it has too many lines',
    });
  });

  it('is what one side made of it where the other changed nothing, and treats names of objects as lines', () => {
    const line = fc.constantFrom('a', 'b', '', '}', '__proto__', 'constructor', 'x\ry');
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(merge(base, other, base)).toBe(other);
        expect(merge(base, base, other)).toBe(other);
        expect(merge(base, other, other)).toBe(other);
      }),
    );
  });

  it('loses no line that only one of both has added, and finds them in conflict only at the same place', () => {
    const text = fc.uniqueArray(fc.constantFrom<string>(...'abcdefghij'.split('')), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(text, fc.nat(10), fc.nat(10), (base, one, other) => {
        const project = base.toSpliced(one, 0, 'OURS').join('\n');
        const run = base.toSpliced(other, 0, 'THEIRS').join('\n');
        const merged = merge(base.join('\n'), project, run);
        const lines = typeof merged === 'string' ? merged.split('\n') : [...base, 'OURS', 'THEIRS'];
        const isAdded = (line: string) => /^(OURS|THEIRS)$/.test(line);
        expect(lines.filter((line) => !isAdded(line))).toEqual(base);
        expect(lines.filter(isAdded).toSorted()).toEqual(['OURS', 'THEIRS']);
        expect(typeof merged === 'string').toBe(Math.min(one, base.length) !== Math.min(other, base.length));
      }),
    );
  });
});

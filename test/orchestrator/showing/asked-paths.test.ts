import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedPaths } from '../../../src/orchestrator/showing/asked-paths.ts';

describe('the files that a reply asks for', () => {
  it.each<[string, string, string[]]>([
    ['one in a line', 'READ: src/a.ts', ['src/a.ts']],
    [
      'several lines with a sentence before them',
      'I have to see these first.\n\nREAD: src/a.ts\nREAD: src/b.ts\n',
      ['src/a.ts', 'src/b.ts'],
    ],
    ['items of a list', '- READ: src/a.ts\n* READ: b.py\n3. READ: c.go', ['src/a.ts', 'b.py', 'c.go']],
    ['marks of code', '`READ: src/a.ts`\nREAD: `src/b c.ts`', ['src/a.ts', 'src/b c.ts']],
    ['marks of emphasis', '**READ:** src/a.ts\n**READ**: b.ts', ['src/a.ts', 'b.ts']],
    ['quotation marks', 'READ: "src/a.ts"', ['src/a.ts']],
    ['no colon', 'READ src/a.ts', ['src/a.ts']],
    ['several in a line', 'READ: src/a.ts, `src/b.ts`', ['src/a.ts', 'src/b.ts']],
    ['a remark behind it', 'READ: src/a.ts (where the total is)\nREAD: b.ts – for its types', ['src/a.ts', 'b.ts']],
    ['a full stop behind it', 'READ: src/a.ts.', ['src/a.ts']],
    ['a list below a bare READ', 'READ:\n- src/a.ts\n- `src/b.ts`\n\nThen I go on.\n- not this', ['src/a.ts', 'src/b.ts']],
    ['within a fence', '```\nREAD: src/a.ts\n```', ['src/a.ts']],
    ['the same twice', 'READ: a.ts\nREAD: a.ts', ['a.ts']],
    ['line ends of Windows', 'READ: a.ts\r\nREAD: b.ts\r\n', ['a.ts', 'b.ts']],
    ['names with underscores at their ends', 'READ: _private/__init__', ['_private/__init__']],
    ['hostile paths, which others judge', 'READ: ../../etc/passwd', ['../../etc/passwd']],
  ])('%s', (_, text, paths) => {
    expect(askedPaths(text).paths).toEqual(paths);
  });

  it.each([
    ['a sentence in capitals', 'READ the documentation.'],
    ['a word that begins like it', 'README: see a.md'],
    ['small letters', 'read: a.ts'],
    ['the word alone', 'READ:'],
    ['in the midst of a sentence', 'You may READ: a.ts'],
  ])('are none: %s', (_, text) => {
    expect(askedPaths(text)).toEqual({ paths: [], rest: text === 'READ:' ? '' : text });
  });

  it('keep what else the reply says', () => {
    expect(askedPaths('First this.\nREAD: a.ts\nThen that.').rest).toBe('First this.\nThen that.');
  });

  it('are found in any text without an error, and are never empty', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('READ', ':', ' ', '-', '`', '*', ',', '"', 'a.ts', '\n', '(', '.')), (pieces) => {
        for (const path of askedPaths(pieces.join('')).paths) expect(path.trim()).not.toBe('');
      }),
    );
  });
});

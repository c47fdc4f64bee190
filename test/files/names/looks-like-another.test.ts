import { describe, expect, it } from 'vitest';
import { checkPath } from '../../../src/files/disk/path-policy.ts';
import { looksLikeAnother } from '../../../src/files/names/looks-like-another.ts';

describe('looksLikeAnother', () => {
  it.each([
    ['a Cyrillic letter in a Latin word', 'p\u0430ckage.json'],
    ['a Greek letter in a Latin word', 'c\u03bfnfig.yaml'],
    ['an Armenian letter in a Latin word', 'c\u0585nfig.yaml'],
    ['a Cyrillic letter in an extension', 'setup.p\u0443'],
    ['letters of mathematics', '\u{1d42e}\u{1d42d}\u{1d422}\u{1d425}.py'],
    ['a ligature', '\ufb01le.txt'],
    ['a slash that is none', 'src\u2215app.py'],
    ['a dot that is none', 'notes\u2024py'],
    ['a colon that is none', 'c\ua789app.py'],
  ])('sees %s, and no file gets such a name', (_, name) => {
    expect(looksLikeAnother(name)).toBe(true);
    const checked = checkPath(`docs/${name}`);
    expect(checked).toMatchObject({ kind: 'refused', refusal: { reason: 'characters' } });
  });

  it.each([
    'src/app.py',
    'отчёт.md',
    'отчётPDF.md',
    'хор.md',
    'naïve-café.md',
    'Δt_плот.py',
    'Ωmega.md',
    'テスト１.md',
    '说明.md',
    'größe_µs.csv',
    'ελληνικά.txt',
    'v1.2-βeta/notes.md',
  ])('takes %s for what it is', (name) => {
    expect(looksLikeAnother(name)).toBe(false);
    expect(checkPath(name).kind).toBe('accepted');
  });
});

it.each([
  ['a filler that looks like nothing', 'app\u3164.py'],
  ['a blank of braille', 'app\u2800.py'],
  ['a joiner of graphemes', 'a\u034fpp.py'],
  ['a selector of variants that stand for bytes', 'app\u{e0101}.py'],
])('refuses a name with %s', (_, name) => {
  expect(checkPath(name)).toMatchObject({ kind: 'refused', refusal: { reason: 'invisible' } });
});

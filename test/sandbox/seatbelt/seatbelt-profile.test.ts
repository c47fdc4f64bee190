import { describe, expect, it } from 'vitest';
import type { GuardedPlace } from '../../../src/sandbox/sandbox.ts';
import { seatbeltProfile } from '../../../src/sandbox/seatbelt/seatbelt-profile.ts';

const places = {
  readable: [{ at: '/Users/a/.nvm/versions', from: '/Users/a/.nvm/versions' }],
  masked: [{ path: '/Users/a/.nvm/versions/.npmrc', isFolder: false }],
};
const profile = (
  network: 'none' | 'machine' = 'none',
  writable = ['/private/tmp/copy', '/private/tmp/own'],
  guarded: readonly GuardedPlace[] = [],
) => seatbeltProfile({ writable, guarded, places, network });

describe('the profile for sandbox-exec', () => {
  it('denies what it does not name, and is one expression after the other', () => {
    const lines = profile().trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual(['(version 1)', '(deny default)']);
    for (const line of lines) {
      const withoutTexts = line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
      expect(withoutTexts.match(/\(/g)?.length).toBe(withoutTexts.match(/\)/g)?.length);
    }
  });

  it('reads nothing of /Users but the toolchains, and not the keys in them: the last rule that fits decides', () => {
    const lines = profile().split('\n');
    const shown = lines.findIndex((line) => line.includes('(subpath "/Users/a/.nvm/versions")'));
    const masked = lines.findIndex((line) => line.startsWith('(deny file-read*') && line.includes('/Users/a/.nvm/versions/.npmrc'));
    expect(shown).toBeGreaterThan(0);
    expect(masked).toBeGreaterThan(shown);
    expect(lines.filter((line) => line.includes('/Users'))).toHaveLength(2);
  });

  it('writes to its own folders alone', () => {
    const writing = profile()
      .split('\n')
      .filter((line) => line.startsWith('(allow') && line.includes('file-write'));
    expect(writing.flatMap((line) => line.match(/"[^"]+"/g)).filter((path) => !path?.startsWith('"/dev/'))).toEqual([
      '"/private/tmp/copy"',
      '"/private/tmp/own"',
    ]);
  });

  it('does not write to what is guarded in its folder, nor read what is hidden, because these rules come last', () => {
    const guarded = [
      { path: '/private/tmp/copy/.git', as: 'read_only' },
      { path: '/private/tmp/copy/.own', as: 'hidden' },
    ] as const;
    const lines = profile('none', ['/private/tmp/copy'], guarded).split('\n');
    const writing = lines.findIndex((line) => line.startsWith('(allow file-read* file-write*'));
    expect(lines.slice(writing + 1, writing + 3)).toEqual([
      '(deny file-write* (subpath "/private/tmp/copy/.git"))',
      '(deny file-read* file-write* (subpath "/private/tmp/copy/.own"))',
    ]);
  });

  it('has the network only where it is told to', () => {
    expect(profile()).toContain('(deny network*)');
    expect(profile()).not.toContain('(allow network*)');
    expect(profile('machine')).toContain('(allow network*)');
  });

  it('a path cannot end its text', () => {
    expect(profile('none', ['/tmp/a")(allow default)("\\'])).toContain(String.raw`(subpath "/tmp/a\")(allow default)(\"\\")`);
  });
});

import * as fc from 'fast-check';
import { posix, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { checkPath, collisionKey, type RefusalReason } from '../../../src/files/disk/path-policy.ts';

test.each<[string, RefusalReason]>([
  ['', 'empty'],
  ['  ', 'empty'],
  ['a\uD800.py', 'encoding'],
  ['a\0.py', 'nul'],
  ['a\u001B[31m.py', 'control'],
  ['a\n.py', 'control'],
  ['a\u2028.py', 'control'],
  ['a\u202Eyp.exe', 'invisible'],
  ['a\u200B.py', 'invisible'],
  ['../x', 'outside'],
  ['../../x', 'outside'],
  ['a/../../x', 'outside'],
  ['a/../b.py', 'outside'],
  ['a\\..\\..\\x', 'outside'],
  ['/etc/passwd', 'absolute'],
  ['\\Windows\\x', 'absolute'],
  ['~/.bashrc', 'home'],
  ['~root/x', 'home'],
  ['C:\\x.py', 'drive'],
  ['c:/x.py', 'drive'],
  ['c:x.py', 'drive'],
  ['\\\\server\\share\\x', 'network'],
  ['//server/share/x', 'network'],
  ['\\\\.\\COM1', 'device'],
  ['\\\\?\\C:\\x', 'device'],
  ['//./x', 'device'],
  ['con', 'reserved'],
  ['src/NUL.txt', 'reserved'],
  ['aux.h', 'reserved'],
  ['Com1.log', 'reserved'],
  ['lpt¹', 'reserved'],
  ['nul .txt', 'reserved'],
  ['CONIN$', 'reserved'],
  ['a.py.', 'trailing'],
  ['a.py ', 'trailing'],
  ['src./a.py', 'trailing'],
  ['.../a.py', 'trailing'],
  ['a.py:stream', 'characters'],
  ['a<b>.py', 'characters'],
  ['a?.py', 'characters'],
  ['..\uFF0Fx.py', 'characters'],
  ['\u2024\u2024/x.py', 'characters'],
  ['\uFF0E\uFF0E/x.py', 'characters'],
  ['a\u2100b.py', 'characters'],
  ['.git/config', 'git'],
  ['sub/.GIT/hooks/pre-commit', 'git'],
  ['git~1/config', 'git'],
  ['x'.repeat(256), 'too_long'],
  ['ü'.repeat(128), 'too_long'],
  [`${'a/'.repeat(600)}x.py`, 'too_long'],
  ['src/', 'directory'],
  ['.', 'directory'],
  ['src/.', 'directory'],
])('%j is refused: %s', (name, reason) => {
  const checked = checkPath(name);
  expect(checked).toEqual({ kind: 'refused', refusal: { reason, message: expect.stringMatching(/^The path [^\p{Cc}\p{Cf}]+\.$/u) } });
});

test.each([
  ['src/app.py', 'src/app.py'],
  ['./src//app.py', 'src/app.py'],
  ['src\\app.py', 'src/app.py'],
  ['.github/workflows/ci.yml', '.github/workflows/ci.yml'],
  ['.gitignore', '.gitignore'],
  ['app/[id]/page.tsx', 'app/[id]/page.tsx'],
  ['docs/User Guide.md', 'docs/User Guide.md'],
  ['docs/überblick.md', 'docs/überblick.md'],
  ['console.py', 'console.py'],
  ['x'.repeat(255), 'x'.repeat(255)],
])('%j is accepted as %j', (name, path) => {
  expect(checkPath(name)).toEqual({ kind: 'accepted', path });
});

test('whatever is accepted stays inside a folder, on every system', () => {
  const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '~', ' ', '\0', 'con', '\u202E', 'é', '//', '?');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece).map((pieces) => pieces.join('')),
        fc.string({ unit: 'binary' }),
      ),
      (name) => {
        const checked = checkPath(name);
        if (checked.kind === 'refused') return;
        expect(posix.resolve('/run', checked.path)).toBe(`/run/${checked.path}`);
        expect(win32.resolve('C:\\run', checked.path).startsWith('C:\\run\\')).toBe(true);
        expect(checkPath(checked.path)).toEqual(checked);
      },
    ),
    { numRuns: 1000 },
  );
});

test('paths that some system takes for one have one key', () => {
  expect(collisionKey('README.md')).toBe(collisionKey('readme.MD'));
  expect(collisionKey('\u00E9.md')).toBe(collisionKey('e\u0301.md'));
  expect(collisionKey('a.md')).not.toBe(collisionKey('b.md'));
});

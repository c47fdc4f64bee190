import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../../support/folder-of.ts';
import { makePipe } from '../../support/make-pipe.ts';

/** A project with everything that a tool must not read, follow or wait for; `the-secret` stands in all of it. */
export function hostileProject(): string {
  const outside = folderOf({ 'secret.txt': 'the-secret', 'outside.txt': 'the-secret' });
  const around = folderOf({ 'outside.txt': 'the-secret' });
  const project = join(around, 'project');
  const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(2)}\nthe-secret\n`;
  const files: Readonly<Record<string, string>> = {
    'a.txt': 'one\ntwo\nthree\n',
    'src/b.ts': 'export const b = 1;\n',
    'src/deep/c.ts': 'export const two = 2;\n',
    '.env': 'TOKEN=the-secret\n',
    'src/id_rsa': 'the-secret\n',
    'notes.md': `# Notes\n\n${key}`,
    '.multiagentignore': 'kept/\nprivate.txt\n',
    'kept/x.txt': 'the-secret\n',
    'private.txt': 'the-secret\n',
    '.git/config': '[core]\n\tname = the-secret\n',
    '.multiagent/state.db': 'the-secret',
    'picture.png': 'the-secret',
    'binary.txt': 'a\0the-secret',
    'huge.txt': `the-secret${'x'.repeat(10_000_000)}`,
    'long.txt': `${'y'.repeat(200_000)}\nthe end\n`,
    'codes.txt': 'plain \u001B[31mred\u001B[0m\u0007 turned \u202Ehere\n',
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(project, path, '..'), { recursive: true });
    writeFileSync(join(project, path), content);
  }
  symlinkSync(outside, join(project, 'link-out'));
  symlinkSync(join(outside, 'secret.txt'), join(project, 'link.txt'));
  symlinkSync('/dev/zero', join(project, 'zero.txt'));
  makePipe(join(project, 'pipe.txt'));
  return project;
}

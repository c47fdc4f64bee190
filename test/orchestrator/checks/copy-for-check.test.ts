import { existsSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { copyForCheck } from '../../../src/orchestrator/checks/copy-for-check.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function run(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: path.endsWith('.sh') ? 0o755 : 0o644 });
  }
  return folder;
}

async function copied(folder: string, written: string[] = []) {
  const copy = await copyForCheck(folder, { written: new Set(written) });
  onTestFinished(() => copy.remove());
  return copy;
}

describe('the copy that a check works on', () => {
  it('is the same files, those that run as programs too, and links stay links', async () => {
    const folder = run({ 'src/a.py': 'a', 'go.sh': 'x' });
    symlinkSync('src/a.py', join(folder, 'link'));
    const copy = await copied(folder);
    expect(readFileSync(join(copy.folder, 'src/a.py'), 'utf8')).toBe('a');
    expect(statSync(join(copy.folder, 'go.sh')).mode & 0o111).not.toBe(0);
    expect(readlinkSync(join(copy.folder, 'link'))).toBe('src/a.py');
    expect(await copy.countChanged()).toBe(0);
  });

  it('counts what was changed and deleted, not what is new, and leaves the files as they are', async () => {
    const folder = run({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
    const copy = await copied(folder);
    writeFileSync(join(copy.folder, 'a.txt'), 'longer');
    writeFileSync(join(copy.folder, 'new.txt'), 'new');
    await rm(join(copy.folder, 'b.txt'));
    expect(await copy.countChanged()).toBe(2);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a');
    await rm(copy.folder, { recursive: true });
    expect(await copy.countChanged()).toBe(3);
  });

  it('leaves out keys that a person put there, and keeps files of such a name that the run wrote', async () => {
    const folder = run({ '.env': 'a', 'app/.env': 'b', '.env.example': 'c', '.config/a.json': 'd', 'tls/server.key': 'e' });
    const copy = await copied(folder, ['app/.env', '.config/a.json']);
    const names = ['.env', 'app/.env', '.env.example', '.config/a.json', 'tls/server.key'];
    expect(names.filter((name) => existsSync(join(copy.folder, name)))).toEqual(['app/.env', '.env.example', '.config/a.json']);
  });

  it('is gone when it is removed, and where there is nothing to copy', async () => {
    const copy = await copied(run({ a: 'a' }));
    await copy.remove();
    expect(existsSync(copy.folder)).toBe(false);
    await expect(copyForCheck('/no/such/folder', { written: new Set() })).rejects.toThrow('ENOENT');
  });
});

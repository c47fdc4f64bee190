import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { RunFolder } from '../../../src/files/disk/run-folder.ts';
import { temporaryName } from '../../../src/files/disk/write-atomically.ts';
import { applyChanges, planApply } from '../../../src/project/changes/apply-files.ts';
import { FileBackups } from '../../../src/project/changes/file-backups.ts';
import { takeBack } from '../../../src/project/changes/take-back.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function project(files: Record<string, string> = {}) {
  const folder = temporaryFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const backups = new FileBackups(join(folder, '.multiagent', 'backups', 'r1'));
  const plan = (wanted: Record<string, string>) =>
    planApply(
      folder,
      Object.entries(wanted).map(([path, text]) => ({ path, content: Buffer.from(text) })),
    );
  return {
    folder,
    backups,
    write,
    plan,
    read: (path: string) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined),
    apply: async (wanted: Record<string, string>) =>
      applyChanges({ project: folder, changes: (await plan(wanted)).changes, backups, now: Date.UTC(2026, 0, 1) }),
    takeBack: () => takeBack(folder, backups),
    /** Everything but the backups. */
    tree: () =>
      Object.fromEntries(
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.parentPath.includes('.multiagent'))
          .map((entry) => [
            join(entry.parentPath, entry.name).slice(folder.length + 1),
            readFileSync(join(entry.parentPath, entry.name), 'utf8'),
          ]),
      ),
  };
}

/** As it is before a test has it fail. */
const original = (
  (write) =>
  (folder: RunFolder, ...args: Parameters<typeof write>) =>
    write.apply(folder, args)
)(
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its folder
  RunFolder.prototype.write,
);

describe('applying files', () => {
  it('keeps what it replaces from everybody else', async () => {
    const { apply } = project({ '.env': 'KEY=1' });
    expect(statSync(await apply({ '.env': 'KEY=2' })).mode & 0o077).toBe(0);
  });

  it('plans what is new, changed and the same, and writes nothing yet', async () => {
    const { plan, tree } = project({ 'a.py': 'x = 1\n', 'b.py': 'y = 1\n' });
    const { changes, same, refused } = await plan({ 'a.py': 'x = 2\n', 'b.py': 'y = 1\n', 'src/c.py': 'z = 1\n' });
    expect(changes.map(({ path, before }) => [path, before?.toString()])).toEqual([
      ['a.py', 'x = 1\n'],
      ['src/c.py', undefined],
    ]);
    expect({ same, refused }).toEqual({ same: ['b.py'], refused: [] });
    expect(tree()).toEqual({ 'a.py': 'x = 1\n', 'b.py': 'y = 1\n' });
  });

  it.each([
    '.git/hooks/pre-commit',
    '.multiagent/state.db',
    'node_modules/a/index.js',
    'a/Node_Modules/b.js',
    '../outside.py',
    '/etc/passwd',
    'linked/a.py',
  ])('refuses %s with a reason', async (path) => {
    const { plan, folder } = project();
    symlinkSync(temporaryFolder(), join(folder, 'linked'));
    const { changes, refused } = await plan({ [path]: 'x' });
    expect(changes).toEqual([]);
    expect(refused).toMatchObject([{ path, reason: expect.stringMatching(/\.$/) }]);
  });

  it('tells how far it came where the disk was too small, and can be taken back or done again', async () => {
    const { apply, takeBack, tree } = project({ a: 'mine', c: 'mine' });
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    const failing = (name: string) =>
      vi.spyOn(RunFolder.prototype, 'write').mockImplementation(function (this: RunFolder, path, ...rest) {
        return path === name ? Promise.reject(full) : original(this, path, ...rest);
      });
    const wanted = { a: 'theirs', b: 'theirs', c: 'theirs' };

    failing('files/c');
    const error = { code: 'apply.unwritable', message: expect.stringMatching(/the disk is full.*Nothing was changed/) as string };
    await expect(apply(wanted)).rejects.toMatchObject(error);
    expect(tree()).toEqual({ a: 'mine', c: 'mine' });
    expect(await takeBack(), 'half a backup is none').toBeUndefined();

    failing('c');
    await expect(apply(wanted)).rejects.toMatchObject({
      message: expect.stringContaining('2 of 3 files were written') as string,
      hint: expect.stringContaining('undo --applied') as string,
    });
    expect(tree()).toEqual({ a: 'theirs', b: 'theirs', c: 'mine' });
    failing('a');
    await expect(takeBack()).rejects.toMatchObject({ code: 'apply.unwritable' });
    vi.restoreAllMocks();
    expect(await takeBack()).toMatchObject({ restored: ['a'] });
    expect(tree()).toEqual({ a: 'mine', c: 'mine' });
  });

  it('clears up what an application that was killed has left half written, and nothing of others', async () => {
    const { apply, takeBack, tree, folder, write } = project({ 'src/a': 'mine' });
    const half = temporaryName('r1');
    const others = temporaryName('other');
    await apply({ 'src/a': 'theirs', 'deep/er/b': 'theirs' });
    for (const name of [half, others]) write(`src/${name}`, 'half');
    rmSync(join(folder, 'deep/er/b'));
    await takeBack();
    expect(tree()).toEqual({ 'src/a': 'mine', [`src/${others}`]: 'half' });
    expect(existsSync(join(folder, 'deep'))).toBe(false);
  });

  it('takes back to exactly what was there, for any files', async () => {
    const path = fc.constantFrom('a', 'b', 'src/a', 'src/deep/b', 'c.txt');
    const files = fc.dictionary(path, fc.string({ maxLength: 5 }), { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(files, files, async (before, wanted) => {
        const { apply, takeBack, tree, plan } = project(before);
        if ((await plan(wanted)).changes.length === 0) return;
        await apply(wanted);
        expect(tree()).toEqual({ ...before, ...wanted });
        await takeBack();
        expect(tree()).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it('takes back one application after the other, the last one first', async () => {
    const { apply, takeBack, read } = project({ a: '0' });
    await apply({ a: '1' });
    await apply({ a: '2' });
    await takeBack();
    expect(read('a')).toBe('1');
    await takeBack();
    expect(read('a')).toBe('0');
    expect(await takeBack()).toBeUndefined();
  });

  it('takes back nothing where a person has edited one of the files since', async () => {
    const { apply, takeBack, write, tree } = project({ a: '0', b: '0' });
    await apply({ a: '1', b: '1' });
    write('b', 'mine');
    await expect(takeBack()).rejects.toMatchObject({ code: 'undo.edited', message: expect.stringContaining(': b.') });
    expect(tree()).toEqual({ a: '1', b: 'mine' });
  });

  it('takes back what was done of an application that was broken off', async () => {
    const { apply, takeBack, write, tree } = project({ a: '0', b: '0' });
    await apply({ a: '1', b: '1' });
    // As if it had stopped between the two.
    write('b', '0');
    expect(await takeBack()).toEqual({ removed: [], restored: ['a'], untouched: ['b'] });
    expect(tree()).toEqual({ a: '0', b: '0' });
  });

  it('writes nothing when a file has changed since the plan was shown', async () => {
    const { folder, plan, backups, write, tree } = project({ a: '0' });
    const { changes } = await plan({ a: '1', b: '1' });
    write('a', 'mine');
    await expect(applyChanges({ project: folder, changes, backups, now: 0 })).rejects.toMatchObject({ code: 'apply.changed' });
    expect(tree()).toEqual({ a: 'mine' });
  });

  it.each([
    ['apply.refused', 'a folder of the project became a link', { keep: 'x', 'src/a': 'x' }, 'src', 'apply'],
    ['backup.refused', 'a folder of the backups did', { a: 'x' }, '.multiagent/backups/r1', 'apply'],
    ['undo.refused', 'a folder did before a deleted file comes back', { 'src/a': undefined }, 'src', 'take back'],
  ] as const)('%s: writes through no link where %s, and says where what was there before lies', async (code, _, wanted, link, when) => {
    const { folder, backups, takeBack, tree } = project({ 'src/a': 'mine' });
    const elsewhere = temporaryFolder();
    const replace = () => {
      mkdirSync(dirname(join(folder, link)), { recursive: true });
      rmSync(join(folder, link), { recursive: true, force: true });
      symlinkSync(elsewhere, join(folder, link));
    };
    const changes = Object.entries(wanted).map(([path, text]) => ({
      path,
      before: text === undefined ? Buffer.from('mine') : undefined,
      after: text === undefined ? undefined : Buffer.from(text),
    }));
    const within = join(folder, '.multiagent');
    const kept = code === 'backup.refused' ? new FileBackups(join(within, 'backups', 'r1'), { within }) : backups;
    const apply = () => applyChanges({ project: folder, changes, backups: kept, now: 0 });
    if (when === 'take back') await apply();
    replace();
    const error = await (when === 'take back' ? takeBack() : apply()).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(code === 'backup.refused' ? 'Nothing was changed' : 'src') as string,
      hint: expect.stringContaining('.multiagent/backups') as string,
    });
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(tree()).toEqual({ 'apply.refused': { keep: 'x' }, 'backup.refused': { 'src/a': 'mine' }, 'undo.refused': {} }[code]);
  });

  it('takes back nothing when the backup is not what was kept', async () => {
    const { apply, takeBack, tree } = project({ a: '0' });
    const backup = await apply({ a: '1' });
    writeFileSync(join(backup, 'files', 'a'), 'changed');
    await expect(takeBack()).rejects.toMatchObject({ code: 'backup.damaged' });
    writeFileSync(join(backup, 'record.json'), '{}');
    await expect(takeBack()).rejects.toMatchObject({ code: 'backup.damaged' });
    expect(tree()).toEqual({ a: '1' });
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeFiles } from '../../src/operations/remove-files.ts';
import { restoreFiles } from '../../src/operations/restore-files.ts';
import { RunFolder } from '../../src/files/disk/run-folder.ts';
import { runFolders } from '../../src/orchestrator/journal/run-folders.ts';
import { hashContent } from '../../src/utils/hash-content.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { foldRun } from '../../src/state/run/run-state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { added, runEvent, started, writeRun } from '../support/run-events.ts';

async function runWith(files: Record<string, string>) {
  const store = new MemoryEventStore();
  const written = Object.entries(files).map(([path, text]) =>
    runEvent('r', 'artifact.written', {
      task: 'a',
      path,
      bytes: text.length,
      sha256: hashContent(Buffer.from(text)),
      outcome: 'created',
      format: 'f',
      range: [0, 1],
    }),
  );
  await writeRun(store, 'r', [started('r'), added('r', 'a'), ...written]);
  for (const text of Object.values(files)) await store.putContent(Buffer.from(text));
  return { store, state: await foldRun(store.read('run:r')) };
}

it('files come back where they are missing, and never outside of the folder of the run, whatever a history says', async () => {
  const workspace = temporaryFolder();
  const folder = join(workspace, 'output', 'generated', 'r');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(workspace, 'elsewhere'));
  symlinkSync(join(workspace, 'elsewhere'), join(folder, 'link'));
  const { store, state } = await runWith({ 'src/a.py': 'a', '../b.py': 'b', '/c.py': 'c', 'link/d.py': 'd' });
  const restored = await restoreFiles(state, new RunFolder(folder), store);
  expect(restored).toEqual({ written: ['src/a.py'], kept: [], notWritten: ['../b.py', '/c.py', 'link/d.py'] });
  expect(readFileSync(join(folder, 'src', 'a.py'), 'utf8')).toBe('a');
  expect(readdirSync(join(workspace, 'elsewhere'))).toEqual([]);
});

it('only files that are what the run wrote go; links are not followed, and other files keep their folders', async () => {
  const workspace = temporaryFolder();
  const folders = runFolders({ output: join(workspace, 'output'), run: 'r', workflow: 'bug_fix' });
  const { store, state } = await runWith({ 'src/deep/a.py': 'a', 'src2/b.py': 'b', 'link/d.py': 'd' });
  mkdirSync(join(workspace, 'elsewhere'));
  writeFileSync(join(workspace, 'elsewhere', 'd.py'), 'd');
  mkdirSync(folders.generated, { recursive: true });
  symlinkSync(join(workspace, 'elsewhere'), join(folders.generated, 'link'));
  await restoreFiles(state, new RunFolder(folders.generated), store);
  writeFileSync(join(folders.generated, 'src2', 'b.py'), 'mine');
  expect(await removeFiles(state, folders)).toEqual({ removed: 1, kept: ['link', 'src2/b.py'] });
  expect(existsSync(join(folders.generated, 'src'))).toBe(false);
  expect(readFileSync(join(workspace, 'elsewhere', 'd.py'), 'utf8')).toBe('d');
});

it('the texts of refused blocks go with the run, unless somebody has changed them', async () => {
  const folders = runFolders({ output: join(temporaryFolder(), 'output'), run: 'r', workflow: 'bug_fix' });
  const refused = (text: string, keptAs: string) =>
    runEvent('r', 'artifact.refused', {
      task: 'a',
      name: '../x',
      reason: 'It leads out.',
      sha256: hashContent(Buffer.from(text)),
      range: [0, 1],
      keptAs,
    });
  const store = new MemoryEventStore();
  await writeRun(store, 'r', [
    started('r'),
    added('r', 'a'),
    refused('one', 'one.txt'),
    refused('two', 'two.txt'),
    refused('x', '../../x'),
  ]);
  mkdirSync(folders.rejected, { recursive: true });
  for (const [name, text] of Object.entries({ 'one.txt': 'one', 'two.txt': 'mine', '../../x': 'x' }))
    writeFileSync(join(folders.rejected, name), text);
  await removeFiles(await foldRun(store.read('run:r')), folders);
  expect(readdirSync(folders.rejected)).toEqual(['two.txt']);
  expect(existsSync(join(folders.rejected, '../../x'))).toBe(true);
});

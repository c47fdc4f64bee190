import { expect, it } from 'vitest';
import { fileLines } from '../../../src/cli/runs/file-lines.ts';
import { fileVersions } from '../../../src/orchestrator/artifacts/file-versions.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { added, runEvent, started, writeRun } from '../../support/run-events.ts';

const folders = { generated: '/p/output/generated/r', rejected: '/p/output/rejected/r' };
const hash = (letter: string) => letter.repeat(64);

async function linesOf(...events: Parameters<typeof writeRun>[2]): Promise<string[]> {
  const store = new MemoryEventStore();
  await writeRun(store, 'r', [started('r'), added('r', 'a'), ...events]);
  const { refusals, collisions, removals, ...state } = await foldRun(store.read('run:r'));
  return fileLines({ versions: fileVersions({ refusals, collisions, removals, ...state }), refusals, collisions, removals, folders });
}

const written = (sha256: string) =>
  runEvent('r', 'artifact.written', { task: 'a', path: 'x.py', bytes: 3, sha256, outcome: 'created', format: 'f', range: [4, 7] });
const collided = (sha256: string, earlier: string) =>
  runEvent('r', 'artifact.collided', { task: 'a', path: 'x.py', sha256, earlier: { task: 'a', sha256: earlier } });

it('a version that never was on the disk is told beside those that were', async () => {
  const lines = await linesOf(written(hash('b')), collided(hash('b'), hash('a')));
  expect(lines[1]).toMatch(/^x\.py +3 +b{12} +a +\S+ +f +4-7 +created$/);
  expect(lines).toContain(
    'x.py: a different version by a (aaaaaaaaaaaa) was not written, because the one by a (bbbbbbbbbbbb) counts; the journal keeps it',
  );
});

it('a version that has a line of its own is not told twice', async () => {
  expect((await linesOf(written(hash('a')), written(hash('b')), collided(hash('b'), hash('a')))).join('\n')).not.toContain(
    'different version',
  );
});

it.each([
  ['with where its text is kept', 'abc.txt', 'a: not written, ../x: It leads out. Its text: /p/output/rejected/r/abc.txt'],
  ['of a journal that does not know where its text is', undefined, 'a: not written, ../x: It leads out.'],
])('a refused block is told %s', async (_, keptAs, line) => {
  const data = { task: 'a', name: '../x', reason: 'It leads out.', sha256: hash('c'), range: [0, 1] as [number, number] };
  expect(await linesOf(runEvent('r', 'artifact.refused', keptAs === undefined ? data : { ...data, keptAs }))).toContain(line);
});

import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scannerOf } from '../../src/files/file-formats.ts';
import { FileWriter } from '../../src/files/file-writer.ts';
import { parseCorpusCase, type CorpusCase } from '../corpus-case.ts';
import { entriesOf, temporaryFolder } from './temporary-folder.ts';

const folder = join(import.meta.dirname, '..', 'corpus');
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name): [string, CorpusCase] => [name.slice(0, -4), parseCorpusCase(readFileSync(join(folder, name), 'utf8'))]);

test('the corpus holds at least 150 replies', () => {
  expect(cases.length).toBeGreaterThanOrEqual(150);
});

describe('a reply becomes exactly the files that it should', () => {
  test.each(cases)('%s', async (_name, one) => {
    const { reply, step, files, refused, collisions, unchanged, prose, renamed, unplaced, expected, existing, base } = one;
    await using temporary = await temporaryFolder();
    const run = join(temporary.path, 'run');
    const writer = new FileWriter({ folder: run, readBase: async (path) => base.get(path), basePaths: () => [...base.keys()] });
    for (const { path, content } of existing) await writer.writeFile({ path, content, taskId: 'earlier', order: 1, format: 'reply' });
    const unnamed = step === 'files' ? 'infer' : 'ignore';
    const report = await writer.writeCodeBlocks(reply, 'task', 'developer', { order: 2, unnamed, expected });

    const found = await Promise.all(
      report.written.map(async ({ path, format }) => ({ format, path, content: await readFile(join(run, path), 'utf8') })),
    );
    const byPath = (one: { path: string }, other: { path: string }) => (one.path < other.path ? -1 : 1);
    expect(found.sort(byPath)).toEqual(files.toSorted(byPath));
    expect(report.refused.map(({ code, name }) => `${code} ${name}`).sort()).toEqual(
      refused.map(({ code, name }) => `${code} ${name}`).sort(),
    );
    expect(report.collisions.map(({ path }) => path)).toEqual(
      collisions.length > 0 ? collisions : existing.filter(({ path }) => replacedWhole(path, report.written)).map(({ path }) => path),
    );
    expect(report.unchanged).toEqual(unchanged);
    expect(report.prose).toEqual(prose);
    expect(report.renamed).toEqual(renamed);
    expect(report.unplaced.map(({ path = '?', name }) => ({ path, name }))).toEqual(unplaced);
    for (const { range } of [...report.written, ...report.refused]) {
      expect(range[0]).toBeGreaterThanOrEqual(0);
      expect(range[1]).toBeGreaterThanOrEqual(range[0]);
      expect(range[1]).toBeLessThanOrEqual(reply.length);
    }
    const beside = (await entriesOf(temporary.path)).filter((entry) => entry !== 'run' && !entry.startsWith('run/'));
    expect(beside).toEqual([]);
  });
});

/** An edit builds on what it finds; a whole file takes its place. */
function replacedWhole(path: string, written: { path: string; outcome: string; format: string }[]): boolean {
  return written.some((file) => file.path === path && file.outcome === 'updated' && !/edit-block|unified-diff|fragment/.test(file.format));
}

test('wherever a reply is cut into chunks, its blocks are the same', () => {
  for (const [, { reply }] of cases) {
    const whole = scannerOf();
    const expected = [...whole.feed(reply), ...whole.end()];
    for (const size of [1, 3, 7]) {
      const scanner = scannerOf();
      const blocks = [];
      for (let at = 0; at < reply.length; at += size) blocks.push(...scanner.feed(reply.slice(at, at + size)));
      expect([...blocks, ...scanner.end()]).toEqual(expected);
    }
  }
});

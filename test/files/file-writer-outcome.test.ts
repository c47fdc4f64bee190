import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileWriter } from '../../src/files/file-writer.ts';
import { FileWriteError } from '../../src/files/write-report.ts';
import { entriesOf, temporaryFolder } from './temporary-folder.ts';
import { block, hash, setUp } from './file-writer-set-up.ts';

describe('when the system cannot write', () => {
  test('the error says why and what to do, and holds what was written before, which stays', async () => {
    await using it = await setUp({
      keepContent: async (content) => {
        if (Buffer.from(content).toString() === 'b\n')
          throw Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC', syscall: 'write' });
        return hash(content);
      },
    });
    const failed = it.writer.writeCodeBlocks(block('js:a.js', 'a\n') + block('js:b.js', 'b\n'), 'task', 'developer', { order: 1 });
    const error = await failed.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(FileWriteError);
    expect(error).toMatchObject({ code: 'files.disk_full', hint: expect.any(String), report: { written: [{ path: 'a.js' }] } });
    expect(await it.read('a.js')).toBe('a\n');
    const report = await it.writer.writeCodeBlocks(block('js:c.js', 'c\n'), 'task', 'developer', { order: 1 });
    expect(report.written).toMatchObject([{ path: 'c.js' }]);
  });

  test('a folder that is a file is explained', async () => {
    await using it = await setUp();
    await writeFile(it.folder, 'in the way');
    const failed = it.writer.writeCodeBlocks(block('js:a.js', 'a\n'), 'task', 'developer', { order: 1 });
    await expect(failed).rejects.toMatchObject({
      name: 'FileWriteError',
      code: 'files.not_a_folder',
      message: expect.stringContaining("'a.js'"),
    });
  });

  test('a path that leads out of the folder is refused, where there is no report to say so', async () => {
    await using it = await setUp();
    await expect(it.writer.writeJson('../outside.json', {})).rejects.toMatchObject({
      name: 'RefusedPathError',
      code: 'files.refused',
      message: expect.stringContaining('../outside.json'),
      hint: "Use a relative path inside the run's folder.",
    });
    expect(await entriesOf(it.outside)).toEqual([]);
  });

  test('content is kept before it goes to the disk', async () => {
    const seen: string[][] = [];
    const temporary = await temporaryFolder();
    await using _ = temporary;
    const keepContent = async (content: Uint8Array) => {
      seen.push(await entriesOf(temporary.path));
      return hash(content);
    };
    await new FileWriter({ folder: temporary.path, keepContent }).writeCodeBlocks(block('js:a.js', 'a\n'), 'task', 'developer', {
      order: 1,
    });
    expect(seen[0]).toEqual([]);
    expect(await entriesOf(temporary.path)).toEqual(['a.js']);
  });
});

describe('the outcome', () => {
  test('is true for the run although a killed process had written the file before it could say so', async () => {
    await using it = await setUp();
    const text = block('python:a.py', 'a = 1\n');
    await it.writer.writeCodeBlocks(text, 'task', 'developer', { order: 1 });
    const again = new FileWriter({ folder: it.folder });
    expect((await again.writeCodeBlocks(text, 'task', 'developer', { order: 1 })).written).toMatchObject([{ outcome: 'created' }]);
    const manifest = [{ path: 'a.py', sha256: hash('old\n'), task: 'earlier', order: 0 }];
    const third = new FileWriter({ folder: it.folder, manifest });
    expect((await third.writeCodeBlocks(text, 'task', 'developer', { order: 1 })).written).toMatchObject([{ outcome: 'updated' }]);
  });
});

describe('a block that would take a file away', () => {
  const large = Array.from({ length: 200 }, (_, index) => `value_${index} = ${index}\n`).join('');

  test('is refused with the reason, and what stands there stays', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', large), 'first', 'developer', { order: 1 });
    for (const content of ['value_1 = 2\n', `value_1 = 2\n# ... rest of the code unchanged ...\n${large}`]) {
      const report = await it.writer.writeCodeBlocks(block('python:a.py', content), 'second', 'developer', { order: 2 });
      expect(report).toMatchObject({
        written: [],
        refused: [{ name: 'a.py', content, reason: expect.stringMatching(/fraction|leaves a part/) }],
      });
    }
    expect(await it.read('a.py')).toBe(large);
  });

  test('is let be where it is the second try of the task that wrote the file', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', large), 'first', 'developer', { order: 1 });
    const report = await it.writer.writeCodeBlocks(block('python:a.py', 'value = 1\n'), 'first', 'developer', { order: 1 });
    expect(report).toMatchObject({ written: [{ outcome: 'updated' }], refused: [] });
  });
});

test('the texts of refused blocks are kept as files where a folder for them is given', async () => {
  const temporary = await temporaryFolder();
  await using _ = temporary;
  await using it = await setUp({ rejectedFolder: join(temporary.path, 'rejected', 'run') });
  const { refused } = await it.writer.writeCodeBlocks(block('python:../a.py', 'a = 1\n'), 'task', 'developer', { order: 1 });
  expect(refused).toMatchObject([{ keptAs: `${hash('a = 1\n').slice(0, 16)}.txt` }]);
  expect(await readFile(join(temporary.path, 'rejected', 'run', refused[0]!.keptAs!), 'utf8')).toBe('a = 1\n');
});

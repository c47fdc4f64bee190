import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FileWriter } from '../../src/files/file-writer.ts';
import { entriesOf } from './temporary-folder.ts';
import { block, hash, setUp } from './file-writer-set-up.ts';

describe('several contents for one path', () => {
  test('the same block twice is one file', async () => {
    await using it = await setUp();
    const report = await it.writer.writeCodeBlocks(block('python:a.py', 'a\n').repeat(2), 'task', 'developer', { order: 1 });
    expect(report).toMatchObject({ written: [{ path: 'a.py' }], collisions: [] });
  });

  test('in one reply the later block stands, the collision is reported, and both are kept', async () => {
    await using it = await setUp();
    const report = await it.writer.writeCodeBlocks(block('python:a.py', 'one\n') + block('python:./a.py', 'two\n'), 'task', 'developer', {
      order: 1,
    });
    expect(report.written).toMatchObject([{ path: 'a.py', outcome: 'created', sha256: hash('two\n') }]);
    expect(report.collisions).toEqual([
      { path: 'a.py', task: 'task', sha256: hash('two\n'), earlier: { task: 'task', sha256: hash('one\n') }, stands: 'this' },
    ]);
    expect(await it.read('a.py')).toBe('two\n');
    expect([...it.kept.values()].sort()).toEqual(['one\n', 'two\n']);
  });

  test('a later step replaces the file of an earlier one, and says so', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', 'one\n'), 'first', 'developer', { order: 1 });
    const report = await it.writer.writeCodeBlocks(block('python:a.py', 'two\n'), 'second', 'qa_engineer', { order: 2 });
    expect(report).toMatchObject({
      written: [{ outcome: 'updated' }],
      collisions: [
        { path: 'a.py', task: 'second', sha256: hash('two\n'), earlier: { task: 'first', sha256: hash('one\n') }, stands: 'this' },
      ],
    });
  });

  test('the larger order stands although it was written first', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', 'later step\n'), 'deployment', 'devops_engineer', { order: 5 });
    const report = await it.writer.writeCodeBlocks(block('python:a.py', 'earlier step\n'), 'testing', 'qa_engineer', { order: 4 });
    expect(report).toMatchObject({
      written: [],
      collisions: [
        { task: 'deployment', sha256: hash('later step\n'), earlier: { task: 'testing', sha256: hash('earlier step\n') }, stands: 'other' },
      ],
    });
    expect(await it.read('a.py')).toBe('later step\n');
    expect(it.kept.has(hash('earlier step\n'))).toBe(true);
  });

  test('parallel steps that write at once end as their order says', async () => {
    await using it = await setUp();
    const orders = [3, 7, 1, 9, 5, 2, 8];
    await Promise.all(
      orders.map((order) => it.writer.writeCodeBlocks(block('js:a.js', `${order}\n`), `t${order}`, 'developer', { order })),
    );
    expect(await it.read('a.js')).toBe('9\n');
    expect(await entriesOf(it.folder)).toEqual(['a.js']);
  });

  test('the files of earlier tasks are known to a new writer', async () => {
    await using it = await setUp({ manifest: [{ path: 'a.py', sha256: hash('old\n'), task: 'deployment', order: 5 }] });
    await mkdir(it.folder);
    await writeFile(join(it.folder, 'a.py'), 'old\n');
    const report = await it.writer.writeCodeBlocks(block('python:a.py', 'new\n'), 'testing', 'qa_engineer', { order: 4 });
    expect(report.collisions).toMatchObject([{ task: 'deployment', stands: 'other' }]);
    expect(await it.read('a.py')).toBe('old\n');
  });

  test('the same content from another step is no collision, and the disk is not touched', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', 'a\n'), 'first', 'developer', { order: 1 });
    const report = await it.writer.writeCodeBlocks(block('python:a.py', 'a\n'), 'second', 'developer', { order: 2 });
    expect(report).toMatchObject({ written: [], unchanged: ['a.py'], collisions: [] });
  });

  test('the outcome is what happened on the disk, not what is remembered', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', 'a\n'), 'first', 'developer', { order: 1 });
    await rm(join(it.folder, 'a.py'));
    const report = await it.writer.writeCodeBlocks(block('python:a.py', 'a\n'), 'first', 'developer', { order: 1 });
    expect(report.written).toMatchObject([{ outcome: 'created' }]);
  });

  test('names that differ only in capital letters are not one file: the second is refused', async () => {
    await using it = await setUp();
    const text = block('markdown:README.md', 'one\n') + block('markdown:readme.md', 'two\n');
    const report = await it.writer.writeCodeBlocks(text, 'task', 'developer', { order: 1 });
    expect(report).toMatchObject({ written: [{ path: 'README.md' }], refused: [{ name: 'readme.md', code: 'case' }] });
  });

  test('every version of a refused path is reported and kept', async () => {
    await using it = await setUp();
    const report = await it.writer.writeCodeBlocks(block('js:../a.js', 'one\n') + block('js:../a.js', 'two\n'), 'task', 'developer', {
      order: 1,
    });
    expect(report.refused.map(({ content, code }) => `${code} ${content}`).sort()).toEqual(['outside one\n', 'outside two\n']);
  });
});

describe('inferred names', () => {
  test('do not take a name that the reply gives to another block', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python', 'class User: a\n') + block('python:user.py', 'b\n'), 'task', 'developer', { order: 1 });
    expect([await it.read('user.py'), await it.read('user_2.py')]).toEqual(['b\n', 'class User: a\n']);
  });

  test('do not take the file of an earlier task, unless it is the same', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python', 'x = 1\n'), 'first', 'developer', { order: 1 });
    const report = await it.writer.writeCodeBlocks(block('python', 'x = 2\n') + block('python', 'x = 1\n'), 'second', 'developer', {
      order: 2,
    });
    expect(report).toMatchObject({
      written: [{ path: 'code_2.py', outcome: 'created' }],
      unchanged: ['code_1.py'],
      collisions: [],
    });
  });

  const contents = [
    'class User: 1\n',
    'class User: 2\n',
    'class user: 3\n',
    'x = 1\n',
    'x = 2\n',
    'def user(): 4\n',
    'FROM node:24\n',
    'FROM node:26\n',
  ];
  const replyOf = (...infos: string[]) => fc.array(fc.tuple(fc.constantFrom(...infos), fc.constantFrom(...contents)), { maxLength: 6 });

  test('never overwrite each other, whatever the blocks and tasks are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(replyOf('python', 'dockerfile', 'js'), { maxLength: 3 }), async (replies) => {
        await using it = await setUp();
        await mkdir(it.folder);
        for (const [index, blocks] of replies.entries()) {
          const text = blocks.map(([info, content]) => block(info, content)).join('\n');
          await it.writer.writeCodeBlocks(text, `task ${index}`, 'developer', { order: index });
        }
        const onDisk = await Promise.all((await entriesOf(it.folder)).map((entry) => it.read(entry)));
        expect(new Set(onDisk)).toEqual(new Set(replies.flat().map(([, content]) => content)));
      }),
      { numRuns: 60 },
    );
    expect.hasAssertions();
  });

  test('differ from each other and from the names in the reply', () => {
    const writer = new FileWriter({ folder: join(import.meta.dirname, 'never-written') });
    fc.assert(
      fc.property(replyOf('python', 'dockerfile', 'python:user.py', 'js', 'docker:Dockerfile', 'python:code_1.py'), (blocks) => {
        const found = writer.parseCodeBlocks(blocks.map(([info, content]) => block(info, content)).join('\n'));
        const inferred = found.filter(({ format }) => format === 'inferred').map(({ path }) => path);
        const others = found.filter(({ format }) => format !== 'inferred').map(({ path }) => path);
        expect(new Set([...inferred, ...new Set(others)]).size).toBe(inferred.length + new Set(others).size);
      }),
    );
  });
});

describe('edits', () => {
  const edit = (path: string, before: string, after: string) => `CHANGE: ${path}\n<<<<<<< CURRENT\n${before}=======\n${after}>>>>>>> NEW\n`;

  test('change the file of an earlier task, which is no collision, and the report says what stood there', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', 'a = 1\nb = 2\n'), 'first', 'developer', { order: 1 });
    const text = edit('a.py', 'b = 2\n', 'b = 3\n');
    const report = await it.writer.writeCodeBlocks(text, 'second', 'developer', { order: 2 });
    expect(report).toMatchObject({
      written: [
        { path: 'a.py', outcome: 'updated', format: 'edit-block', replaced: hash('a = 1\nb = 2\n'), sha256: hash('a = 1\nb = 3\n') },
      ],
      refused: [],
      collisions: [],
    });
    expect(text.slice(...report.written[0]!.range)).toContain('b = 3');
    expect(await it.read('a.py')).toBe('a = 1\nb = 3\n');
    expect(it.kept.get(report.written[0]!.replaced!)).toBe('a = 1\nb = 2\n');
  });

  test("start from the user's file where the run has none of its own, and leave that alone", async () => {
    const asked: string[] = [];
    const readBase = async (path: string) => {
      asked.push(path);
      return path === 'src/a.py' ? 'a = 1\n' : undefined;
    };
    await using it = await setUp({ readBase });
    await it.writer.writeCodeBlocks(edit('./src/a.py', 'a = 1\n', 'a = 2\n'), 'task', 'developer', { order: 1 });
    expect(await it.read('src/a.py')).toBe('a = 2\n');
    await it.writer.writeCodeBlocks(edit('src/a.py', 'a = 2\n', 'a = 3\n'), 'task', 'developer', { order: 1 });
    expect(await it.read('src/a.py')).toBe('a = 3\n');
    await it.writer.writeCodeBlocks(edit('../a.py', 'a\n', 'b\n'), 'task', 'developer', { order: 1 });
    expect(asked).toEqual(['src/a.py']);
  });

  test('are all made or none, and the refusal names the change and quotes the closest lines', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', 'a = 1\nb = 2\n'), 'first', 'developer', { order: 1 });
    const text = edit('a.py', 'a = 1\n', 'a = 9\n') + edit('a.py', 'b = 22\n', 'b = 9\n');
    const report = await it.writer.writeCodeBlocks(text, 'second', 'developer', { order: 2 });
    expect(report.written).toEqual([]);
    expect(report.refused.map(({ code }) => code)).toEqual(['edit_not_found', 'edit_abandoned']);
    expect(report.refused[0]?.reason).toBe(
      "Change 2 of 'a.py' cannot be made: its left side is not in the file. The closest lines are 2 to 2:\n  b = 2",
    );
    expect(await it.read('a.py')).toBe('a = 1\nb = 2\n');
  });

  test('made once more after a crash find themselves made', async () => {
    await using it = await setUp();
    const whole = { folder: it.folder, manifest: [{ path: 'a.py', sha256: hash('a = 1\n'), task: 'first', order: 1 }] };
    await it.writer.writeCodeBlocks(block('python:a.py', 'a = 1\n'), 'first', 'developer', { order: 1 });
    const text = edit('a.py', 'a = 1\n', 'a = 2\n');
    await new FileWriter(whole).writeCodeBlocks(text, 'second', 'developer', { order: 2 });
    const report = await new FileWriter(whole).writeCodeBlocks(text, 'second', 'developer', { order: 2 });
    expect(report).toMatchObject({ written: [{ outcome: 'updated', sha256: hash('a = 2\n') }], refused: [], collisions: [] });
  });
});

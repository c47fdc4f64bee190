import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileFormats } from '../../src/files/file-formats.ts';
import { FileWriter, type FileWriterOptions } from '../../src/files/file-writer.ts';
import { RefusedPathError } from '../../src/files/refused-path-error.ts';
import { FileWriteError } from '../../src/files/write-report.ts';
import { entriesOf, temporaryFolder } from './temporary-folder.ts';

const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** A writer into a folder of its own inside a temporary one, so that what lands beside it is seen. */
async function setUp(options: Partial<FileWriterOptions> = {}) {
  const temporary = await temporaryFolder();
  const folder = join(temporary.path, 'run');
  const kept = new Map<string, string>();
  const keepContent = async (content: Uint8Array) => {
    kept.set(hash(content), Buffer.from(content).toString('utf8'));
    return hash(content);
  };
  return {
    writer: new FileWriter({ folder, keepContent, ...options }),
    kept,
    folder,
    outside: temporary.path,
    read: (path: string) => readFile(join(folder, path), 'utf8'),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

const block = (info: string, content: string) => `\`\`\`${info}\n${content}\`\`\`\n`;

describe('defects of parsers before this one', () => {
  test('../../x is not written outside the folder, and the report says so', async () => {
    await using it = await setUp();
    const report = await it.writer.writeCodeBlocks(block('python:../../x', 'a\n'), 'task', 'developer', { order: 1 });
    expect(report).toMatchObject({
      written: [],
      refused: [{ name: '../../x', code: 'outside', content: 'a\n', sha256: hash('a\n'), range: [18, 20] }],
    });
    expect(it.kept.get(hash('a\n'))).toBe('a\n');
    expect(await entriesOf(it.outside)).toEqual([]);
  });

  test.each(['http://localhost:8000/docs', 'Authorization: Bearer abc.def.ghi'])(
    'a fence that says %s gives no junk file',
    async (info) => {
      await using it = await setUp();
      for (const content of ['', '{"ok": true}\n']) {
        const report = await it.writer.writeCodeBlocks(block(info, content), 'task', 'developer', { order: 1 });
        expect(report).toMatchObject({ written: [], refused: [], collisions: [] });
      }
      expect(await entriesOf(it.outside)).toEqual([]);
    },
  );

  test('File: right after a closing fence does not lose the file before', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks('File: a.py\n```python\na\n```\nFile: b.py\n```python\nb\n```\n', 'task', 'developer', { order: 1 });
    expect([await it.read('a.py'), await it.read('b.py')]).toEqual(['a\n', 'b\n']);
  });

  test('an inner fence does not cut a Markdown file short', async () => {
    await using it = await setUp();
    const readme = '# Title\n\n```bash\nnpm install\n```\n\nEnd\n';
    await it.writer.writeCodeBlocks(block('markdown:README.md', readme), 'task', 'technical_writer', { order: 1 });
    expect(await it.read('README.md')).toBe(readme);
    expect(await entriesOf(it.folder)).toEqual(['README.md']);
  });

  test('two unnamed fences do not overwrite each other', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python', 'x = 1\n') + block('python', 'x = 2\n'), 'task', 'developer', { order: 1 });
    expect([await it.read('code_1.py'), await it.read('code_2.py')]).toEqual(['x = 1\n', 'x = 2\n']);
  });

  test('tilde fences and fences of four are read', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks('~~~python:a.py\na\n~~~\n````python:b.py\n```\n````\n', 'task', 'developer', { order: 1 });
    expect([await it.read('a.py'), await it.read('b.py')]).toEqual(['a\n', '```\n']);
  });

  test('an unclosed last fence is not dropped, and is marked', async () => {
    await using it = await setUp();
    const text = '```python:a.py\na = 1\nb = ';
    expect(it.writer.parseCodeBlocks(text)).toMatchObject([{ path: 'a.py', closed: false }]);
    await it.writer.writeCodeBlocks(text, 'task', 'developer', { order: 1 });
    expect(await it.read('a.py')).toBe('a = 1\nb = ');
  });

  test('the trailing newline is kept', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('python:a.py', 'a\n\n'), 'task', 'developer', { order: 1 });
    expect(await it.read('a.py')).toBe('a\n\n');
  });
});

describe('what a reply gives', () => {
  test('a report says of each file where it is from and what it is', async () => {
    await using it = await setUp();
    const report = await it.writer.writeCodeBlocks(block('python:src/a.py', 'ä\r\n'), 'implementation', 'developer', { order: 3 });
    expect(report).toEqual({
      task: 'implementation',
      agentRole: 'developer',
      written: [
        {
          path: 'src/a.py',
          bytes: 4,
          sha256: hash('ä\r\n'),
          outcome: 'created',
          format: 'language-path',
          language: 'python',
          range: [19, 22],
        },
      ],
      refused: [],
      collisions: [],
    });
  });

  test('the structure lists each path once, inferred ones too, and none that would be refused', () => {
    const writer = new FileWriter({ folder: join(import.meta.dirname, 'never-written') });
    const text =
      block('python:./src/a.py', 'a\n') + block('python:src/a.py', 'b\n') + block('python:../x.py', 'c\n') + block('js', 'let a\n');
    expect(writer.extractFileStructure(text)).toEqual(['src/a.py', 'code_1.js']);
    expect(writer.extractFileStructure(text, { unnamed: 'ignore' })).toEqual(['src/a.py']);
  });

  test('unnamed blocks can be left alone', async () => {
    await using it = await setUp();
    const report = await it.writer.writeCodeBlocks(block('python', 'a\n'), 'task', 'business_analyst', { order: 1, unnamed: 'ignore' });
    expect(report.written).toEqual([]);
  });

  test("a format of one's own is asked in its turn, also about what is Markdown", async () => {
    const atSign = {
      name: 'at-sign',
      nameOf: ({ info }: { info: string }) => (info.startsWith('@@') ? { path: info.slice(2) } : undefined),
    };
    await using it = await setUp({ formats: [atSign, ...fileFormats] });
    const readme = 'A\n```sh\nb\n```\nC\n';
    const report = await it.writer.writeCodeBlocks(block('@@a.md', readme), 'task', 'developer', { order: 1 });
    expect(report.written).toMatchObject([{ path: 'a.md', format: 'at-sign' }]);
    expect(await it.read('a.md')).toBe(readme);
  });

  test('an empty file that is named is a file, but never takes the place of content', async () => {
    await using it = await setUp();
    const first = await it.writer.writeCodeBlocks(block('python:src/__init__.py', '') + block('python:a.py', 'a\n'), 'one', 'developer', {
      order: 1,
    });
    expect(first.written).toMatchObject([{ path: 'src/__init__.py', bytes: 0 }, { path: 'a.py' }]);
    const second = await it.writer.writeCodeBlocks(block('python:a.py', ''), 'two', 'developer', { order: 2 });
    expect(second).toMatchObject({ written: [], refused: [{ name: 'a.py', code: 'empty_content' }] });
    expect(await it.read('a.py')).toBe('a\n');
  });

  test('a file that had only just begun when the reply stopped is none', async () => {
    await using it = await setUp();
    expect(it.writer.parseCodeBlocks('```python:a.py\n')).toEqual([]);
  });

  test('a name with escape codes is refused and shown without them', async () => {
    await using it = await setUp();
    const report = await it.writer.writeCodeBlocks('File: `src/a\u001B[2J.py`\n```python\na\n```\n', 'task', 'developer', { order: 1 });
    expect(report.refused).toMatchObject([{ name: 'src/a\\u{1b}[2J.py', code: 'control' }]);
    expect(report.refused[0]?.reason).not.toMatch(/\p{Cc}/u);
  });
});

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
    expect(report).toMatchObject({ written: [{ outcome: 'unchanged' }], collisions: [] });
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
      written: [
        { path: 'code_2.py', outcome: 'created' },
        { path: 'code_1.py', outcome: 'unchanged' },
      ],
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

describe('whatever the reply holds', () => {
  const name = fc.oneof(
    fc.constantFrom(
      '../x.py',
      '../../x.py',
      '/tmp/x.py',
      'a/../../x.py',
      '..\\x.py',
      '~/x.py',
      'C:\\x.py',
      '\\\\s\\x.py',
      'con.py',
      '.git/config',
    ),
    fc.constantFrom('a.py', 'src/a.py', 'src/b.py', 'A.py', 'src', 'a.py/b.py', 'README.md', '.env', 'x'.repeat(300)),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const content = fc
    .string({ unit: fc.constantFrom('a', 'ä', '😀', '\n', '\r\n', ' ', '\u0000', '\\'), maxLength: 20 })
    .map((text) => `${text}\n`);
  const marker = fc.constantFrom<(path: string, text: string) => string>(
    (path, text) => `\`\`\`python:${path}\n${text}\`\`\`\n`,
    (path, text) => `**File:** \`${path}\`\n~~~\n${text}~~~\n`,
    (path, text) => `## ${path}\n\`\`\`\n${text}\`\`\`\n`,
    (path, text) => `\`\`\`js title="${path}"\n${text}\`\`\`\n`,
  );
  const reply = fc
    .array(fc.tuple(marker, name, content), { maxLength: 6 })
    .map((blocks) => blocks.map(([make, path, text]) => make(path, text)).join(''));

  test('nothing appears outside the folder, and what is written is what the block holds', async () => {
    await fc.assert(
      fc.asyncProperty(reply, async (text) => {
        await using it = await setUp();
        const { written } = await it.writer.writeCodeBlocks(text, 'task', 'developer', { order: 1 });
        const outside = (await entriesOf(it.outside)).filter((entry) => entry !== 'run' && !entry.startsWith('run/'));
        expect(outside).toEqual([]);
        for (const { path, range, bytes, sha256 } of written) {
          const file = await readFile(join(it.folder, path));
          expect(file.equals(Buffer.from(text.slice(...range)))).toBe(true);
          expect([bytes, sha256]).toEqual([file.byteLength, hash(file)]);
        }
        const files = written.map(({ path }) => path);
        expect(new Set(files).size).toBe(files.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe('single files', () => {
  test('a file is written byte for byte, under the same rules', async () => {
    await using it = await setUp();
    const content = Uint8Array.from([0, 255, 13, 10]);
    const report = await it.writer.writeFile({ path: 'a.bin', content, taskId: 'task', order: 1, format: 'reply' });
    expect(report.written).toEqual([
      { path: 'a.bin', bytes: 4, sha256: hash(content), outcome: 'created', format: 'reply', range: [0, 4] },
    ]);
    expect(new Uint8Array(await readFile(join(it.folder, 'a.bin')))).toEqual(content);
    expect(await it.writer.writeFile({ path: '../a', content: 'x', taskId: 'task', order: 1, format: 'reply' })).toMatchObject({
      written: [],
      refused: [{ code: 'outside' }],
    });
  });

  test('JSON is indented and ends with a line ending', async () => {
    await using it = await setUp();
    expect(await it.writer.writeJson('data/a.json', { b: [1] })).toMatchObject({ path: 'data/a.json', outcome: 'created' });
    expect(await it.read('data/a.json')).toBe('{\n  "b": [\n    1\n  ]\n}\n');
  });

  test('a value that cannot be JSON, and a path that is refused, are said and nothing is written', async () => {
    await using it = await setUp();
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    for (const value of [cycle, 1n, undefined]) {
      await expect(it.writer.writeJson('a.json', value)).rejects.toMatchObject({ code: 'files.not_json' });
    }
    await expect(it.writer.writeJson('../a.json', {})).rejects.toBeInstanceOf(RefusedPathError);
    expect(await entriesOf(it.outside)).toEqual([]);
  });
});

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

describe('bad input', () => {
  test('a reply of 50 MB that is one file is written as it is', async () => {
    await using it = await setUp();
    const content = 'value = "some text of a line"\n'.repeat(1_700_000);
    const report = await it.writer.writeCodeBlocks(block('python:a.py', content), 'task', 'developer', { order: 1 });
    expect(report.written).toMatchObject([{ bytes: content.length, sha256: hash(content) }]);
  });

  test('a million fences are read to the end, and nothing of so many files is written', async () => {
    await using it = await setUp();
    expect(it.writer.parseCodeBlocks('```\n'.repeat(1_000_000))).toEqual([]);
    const many = Array.from({ length: 1001 }, (_, index) => block(`python:${index}.py`, `${index}\n`)).join('');
    await expect(it.writer.writeCodeBlocks(many, 'task', 'developer', { order: 1 })).rejects.toMatchObject({
      code: 'files.too_many',
      hint: expect.any(String),
    });
    expect(await entriesOf(it.outside)).toEqual([]);
  });

  test.each([
    ['NUL characters', 'a\0b\n', 'binary'],
    ['half of a character', 'a\uD83Db\n', 'broken_text'],
  ])('%s are refused, not written as something else', async (_name, content, code) => {
    await using it = await setUp();
    const report = await it.writer.writeCodeBlocks(block('python:a.py', content), 'task', 'developer', { order: 1 });
    expect(report).toMatchObject({ written: [], refused: [{ name: 'a.py', code }] });
    expect(await entriesOf(it.outside)).toEqual([]);
  });

  test('a path of 10,000 characters is refused aloud', async () => {
    await using it = await setUp();
    for (const path of [`${'a/'.repeat(5000)}b.py`, `${'a'.repeat(10_000)}.py`]) {
      const report = await it.writer.writeCodeBlocks(block(`python:${path}`, 'a\n'), 'task', 'developer', { order: 1 });
      expect(report).toMatchObject({ written: [], refused: [{ code: 'too_long' }] });
      expect(report.refused[0]!.reason.length).toBeLessThan(400);
    }
  });

  test.each([
    ['ENOSPC', 'files.disk_full'],
    ['EROFS', 'files.read_only'],
  ])('%s in the middle is a typed error with what had been written, and nothing is half written', async (system, code) => {
    let kept = 0;
    await using it = await setUp({
      keepContent: async (content) => {
        kept += 1;
        if (kept > 2) throw Object.assign(new Error(system), { code: system, syscall: 'write' });
        return hash(content);
      },
    });
    const text = ['a', 'b', 'c', 'd'].map((name) => block(`js:${name}.js`, `${name}\n`)).join('');
    const failed = it.writer.writeCodeBlocks(text, 'task', 'developer', { order: 1 });
    await expect(failed).rejects.toMatchObject({ code, report: { written: [{ path: 'a.js' }, { path: 'b.js' }] } });
    expect(await entriesOf(it.folder)).toEqual(['a.js', 'b.js']);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a folder that turns read-only is a typed error', async () => {
    await using it = await setUp();
    await it.writer.writeCodeBlocks(block('js:a.js', 'a\n'), 'task', 'developer', { order: 1 });
    await chmod(it.folder, 0o555);
    const failed = it.writer.writeCodeBlocks(block('js:b.js', 'b\n'), 'task', 'developer', { order: 1 });
    await expect(failed).rejects.toMatchObject({ code: 'files.no_permission' });
    await chmod(it.folder, 0o755);
    expect(await entriesOf(it.folder)).toEqual(['a.js']);
  });
});

import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileFormats } from '../../src/files/file-formats.ts';
import { FileWriter } from '../../src/files/file-writer.ts';
import { RefusedPathError } from '../../src/files/disk/path-policy.ts';
import { entriesOf } from './temporary-folder.ts';
import { block, hash, setUp } from './file-writer-set-up.ts';

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
      removed: [],
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
      unchanged: [],
      prose: [],
      renamed: [],
      unplaced: [],
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

describe('bad input', () => {
  test('a reply of 50 MB that is one file is written as it is', async () => {
    await using it = await setUp();
    const content = 'value = "some text of a line"\n'.repeat(1_700_000);
    const report = await it.writer.writeCodeBlocks(block('python:a.py', content), 'task', 'developer', { order: 1 });
    expect(report.written).toMatchObject([{ bytes: content.length, sha256: hash(content) }]);
  });

  test('of a million fences, or so many files, nothing is written', async () => {
    await using it = await setUp();
    const fences = '```\n'.repeat(1_000_000);
    expect(it.writer.parseCodeBlocks(fences)).toEqual([]);
    await expect(it.writer.writeCodeBlocks(fences, 'task', 'developer', { order: 1 })).rejects.toMatchObject({
      code: 'files.too_many',
      message: expect.stringContaining('10000 blocks or more'),
    });
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

import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { Bubblewrap } from '../../../../src/sandbox/bubblewrap/bubblewrap.ts';
import { databaseQuery } from '../../../../src/tools/built-in/database/database-query.ts';
import { databaseSchema } from '../../../../src/tools/built-in/database/database-schema.ts';
import type { ToolContext } from '../../../../src/tools/tool.ts';
import { folderOf } from '../../../support/folder-of.ts';
import { noSandbox, skipNote } from '../../../support/sandbox-here.ts';
import { callTool, hostilePaths, toolContext } from '../../tool-context.ts';
import { hostileProject } from '../hostile-project.ts';

const sandbox = new Bubblewrap();
const ask = (workspace: string, given: Record<string, unknown>, changed: Partial<ToolContext> = {}) =>
  callTool(databaseQuery, given, toolContext(workspace, { sandbox, ...changed }));
const look = (workspace: string, given: Record<string, unknown> = {}, changed: Partial<ToolContext> = {}) =>
  callTool(databaseSchema, given, toolContext(workspace, { sandbox, ...changed }));

/** A project with a small shop. @param before Done first, such as settings of the file. */
function shop({ before = '', files = {} }: { before?: string; files?: Record<string, string | Uint8Array> } = {}): string {
  const project = folderOf({ 'README.md': '# Shop\n', ...files });
  const database = new DatabaseSync(join(project, 'shop.db'));
  database.exec(`${before}
    CREATE TABLE orders (id INTEGER PRIMARY KEY, item TEXT NOT NULL, price REAL, picture BLOB);
    CREATE INDEX by_item ON orders (item);
    INSERT INTO orders (item, price, picture) VALUES ('tea', 2.5, x'0001'), ('cake' || char(10) || 'big', NULL, NULL);`);
  database.close();
  return project;
}

describe('tools for databases', () => {
  it.each(hostilePaths)('refuse the file %j in a sentence', async (file) => {
    const project = hostileProject();
    for (const result of [await ask(project, { query: 'SELECT 1', file }), await look(project, { file })]) {
      expect(result.isError).toBe(true);
      expect(result.output).not.toMatch(/the-secret|root:|[^\P{Cc}\n]/u);
      expect(result.output.length).toBeLessThan(700);
    }
  });

  it('do not read what the project keeps from the team, nor what holds keys by its name', async () => {
    const project = folderOf({ '.multiagentignore': 'kept/\n', 'kept/a.db': 'x', 'credentials.db': 'x', '.git/x.db': 'x' });
    expect(await look(project, { file: 'kept/a.db' })).toMatchObject({
      isError: true,
      output: expect.stringContaining('.multiagentignore'),
    });
    expect(await look(project, { file: 'credentials.db' })).toMatchObject({ isError: true, output: expect.stringContaining('keys') });
    expect(await look(project)).toMatchObject({ isError: true, output: expect.stringContaining('The project has no SQLite file') });
  });

  it('ask for a name where there are several files, and tell which', async () => {
    const project = folderOf({ 'a.db': '', 'data/b.sqlite3': '', 'schema.sql': '', 'node_modules/x/c.db': '' });
    expect((await ask(project, { query: 'SELECT 1' })).output).toBe('Name one of these files: a.db, data/b.sqlite3.');
    expect((await look(project)).output).toBe('Name one of these files: a.db, data/b.sqlite3, schema.sql.');
  });

  it('read an SQLite file only in a sandbox', async () => {
    const result = await callTool(databaseQuery, { query: 'SELECT 1' }, toolContext(shop()));
    expect(result).toMatchObject({ isError: true, output: expect.stringContaining('this machine has no sandbox') });
  });

  it('read the SQL that creates tables without any', async () => {
    const project = folderOf({ 'db/schema.sql': 'CREATE TABLE a (id int PRIMARY KEY);' });
    const result = await callTool(databaseSchema, {}, toolContext(project));
    expect(result).toMatchObject({ output: 'table a\n  id int, primary key\n', isError: false, metadata: { tables: 1 } });
    const nothing = await look(folderOf({ 'a.sql': 'SELECT 1;' }));
    expect(nothing).toMatchObject({ output: "'a.sql' defines no tables.\n", isError: false });
  });

  it.each([
    ['', 'it must not be empty'],
    ['SELECT\u00001', 'zero byte'],
    ['x'.repeat(10_001), 'at most 10000'],
  ])('refuse the query %j', async (query, why) => {
    expect(await ask(shop(), { query })).toMatchObject({ isError: true, output: expect.stringContaining(why) });
  });

  describe.skipIf(noSandbox !== undefined)(`in a real sandbox${skipNote}`, () => {
    it('show the tables of an SQLite file', async () => {
      expect(await look(shop())).toMatchObject({
        output: 'table orders\n  id INTEGER, primary key\n  item TEXT, not null\n  price REAL\n  picture BLOB\n  index by_item (item)\n',
        isError: false,
        metadata: { file: 'shop.db', tables: 1, views: 0 },
      });
    });

    it.each(['', 'PRAGMA journal_mode=WAL;'])('show the rows that a query finds, one on each line (%s)', async (before) => {
      expect(await ask(shop({ before }), { query: 'SELECT * FROM orders ORDER BY id;' })).toMatchObject({
        output: 'id | item | price | picture\n1 | tea | 2.5 | [2 bytes]\n2 | cake ⏎ big | NULL | NULL\n[2 rows]\n',
        isError: false,
        metadata: { file: 'shop.db' },
      });
    });

    it('show so many rows and no more, and no long value whole', async () => {
      const { output } = await ask(
        shop(),
        {
          query: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, printf('%.*c', 1000, 'x') AS x FROM n",
        },
        { output: { lines: 1000, bytes: 1_000_000 } },
      );
      expect(output).toMatch(/\n200 \| x{300}…\n\[only the first 200 rows are shown\]\n$/);
    });

    it.each([
      ['DELETE FROM orders', 'not authorized'],
      ["INSERT INTO orders (item) VALUES ('x')", 'not authorized'],
      ['DROP TABLE orders', 'not authorized'],
      ['PRAGMA writable_schema = ON', 'not authorized'],
      ["ATTACH DATABASE '/etc/passwd' AS other", 'not authorized'],
      ["VACUUM INTO '/tmp/planted'", 'authorization denied'],
      ["SELECT load_extension('/tmp/x.so')", 'not authorized'],
      ["SELECT readfile('/etc/passwd')", 'no such function'],
      ['SELECT 1; DELETE FROM orders', 'more than one statement'],
      ['SELEC 1', 'syntax error'],
      ['-- nothing', 'no statements'],
      ["SELECT 1'", 'unrecognized token'],
      ["'; touch planted; '", 'syntax error'],
      ['SELECT * FROM nowhere', 'no such table'],
    ])('refuse %j, and change nothing', async (query, why) => {
      const project = shop();
      const before = readFileSync(join(project, 'shop.db'));
      const result = await ask(project, { query, file: 'shop.db' });
      expect(result).toMatchObject({ isError: true, output: expect.stringContaining(why) });
      expect(readFileSync(join(project, 'shop.db')).equals(before)).toBe(true);
      expect(readdirSync(project).toSorted()).toEqual(['README.md', 'shop.db']);
    });

    it('end a query that never ends, and one that makes a huge value', async () => {
      const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
      expect(await ask(shop(), { query: endless }, { callMilliseconds: 1500 })).toMatchObject({
        isError: true,
        output: expect.stringContaining('it took longer than 1.5 seconds'),
      });
      const large = "SELECT length(group_concat(printf('%.*c', 900000000, 'x'))) FROM orders";
      expect(await ask(shop(), { query: large })).toMatchObject({ isError: true, output: expect.stringContaining('too big') });
    });

    it.each<[string, Uint8Array, string]>([
      ['is no database', Buffer.from('the-secret'), 'it is not an SQLite database'],
      ['is empty', Buffer.alloc(0), 'it is not an SQLite database'],
      ['only begins like one', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5000, 0xff)]), 'The database was not read'],
    ])('say what is wrong with a file that %s', async (_, content, why) => {
      const project = folderOf({ 'a.db': content });
      for (const result of [await ask(project, { query: 'SELECT * FROM a' }), await look(project)]) {
        expect(result).toMatchObject({ isError: true, output: expect.stringContaining(why) });
        expect(result.output).not.toContain('the-secret');
      }
    });

    it('do not take what a broken file says for more than text', async () => {
      const project = folderOf({});
      const database = new DatabaseSync(join(project, 'a.db'));
      database.exec(
        `CREATE TABLE "x\u001B[2J${'y'.repeat(5000)}" (a); CREATE TABLE b (c); INSERT INTO b VALUES ('\u001B]0;title\u0007 red\u202E')`,
      );
      database.close();
      const schema = await look(project);
      const rows = await ask(project, { query: 'SELECT c AS "c\u001B[31m" FROM b' });
      for (const { output } of [schema, rows]) expect(output).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
      expect(schema.output.length).toBeLessThan(1000);
    });

    it('follow no link', async () => {
      const project = folderOf({});
      symlinkSync(join(shop(), 'shop.db'), join(project, 'link.db'));
      expect(await ask(project, { query: 'SELECT * FROM orders', file: 'link.db' })).toMatchObject({ isError: true });
    });

    it('are stopped with the signal', async () => {
      const stop = new AbortController();
      const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
      const running = ask(shop(), { query: endless }, { signal: stop.signal });
      setImmediate(() => stop.abort(new Error('stopped by the person')));
      await expect(running).rejects.toThrow('stopped by the person');
    });
  });
});

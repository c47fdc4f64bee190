import { describe, expect, it } from 'vitest';
import { array, assert, constantFrom, property } from 'fast-check';
import { readSchema } from '../../../../src/tools/built-in/database/read-schema.ts';
import { renderSchema } from '../../../../src/tools/built-in/database/render-schema.ts';

const shown = (sql: string) => renderSchema(readSchema(sql));

describe('the schema of SQL', () => {
  it("is read from SQLite's words", () => {
    expect(
      shown(`
        CREATE TABLE IF NOT EXISTS users (
          id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
          "full name" TEXT NOT NULL DEFAULT 'it''s, (me)',
          [mail] TEXT UNIQUE COLLATE NOCASE,
          anything,
          team_id INTEGER REFERENCES teams (id) ON DELETE CASCADE
        ) STRICT;
        CREATE UNIQUE INDEX by_mail ON users (mail, lower("full name")) WHERE mail IS NOT NULL;
        CREATE VIEW names AS SELECT id FROM users;
        CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END;
      `),
    ).toBe(
      `table users
  id INTEGER, primary key
  full name TEXT, not null, default 'it''s, (me)'
  mail TEXT, unique
  anything
  team_id INTEGER, references teams (id)
  unique index by_mail (mail, lower(full name))
view names
`,
    );
  });

  it("is read from PostgreSQL's words, as pg_dump writes them, too", () => {
    expect(
      shown(`
        SET client_encoding = 'UTF8';
        CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN; CREATE TABLE no (x int); END; $body$;
        CREATE TYPE public.mood AS ENUM ('sad', 'ok');
        CREATE TABLE public.orders (
            id bigint NOT NULL,
            price numeric(10,2) DEFAULT 0.00 NOT NULL,
            placed timestamp with time zone DEFAULT now() NOT NULL,
            tags text[],
            kind character varying(20) DEFAULT 'new'::character varying,
            CONSTRAINT positive CHECK ((price >= (0)::numeric))
        );
        ALTER TABLE public.orders OWNER TO postgres;
        COPY public.orders (id, price) FROM stdin;
1	CREATE TABLE not_me (x int); 'unclosed
\\.
        ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.orders
            ADD CONSTRAINT orders_user FOREIGN KEY (user_id, kind) REFERENCES shop.users(id, kind) ON DELETE CASCADE;
        ALTER TABLE public.orders ADD COLUMN IF NOT EXISTS note text, DROP COLUMN tags;
        CREATE INDEX CONCURRENTLY by_time ON public.orders USING btree (placed DESC);
      `),
    ).toBe(
      `table orders
  id bigint, not null
  price numeric(10, 2), default 0.00, not null
  placed timestamp with time zone, default now(), not null
  tags text[]
  kind character varying(20), default 'new'
  note text
  check ((price >= (0)::numeric))
  primary key (id)
  foreign key (user_id, kind) references shop.users (id, kind)
  index by_time (placed DESC)
type mood AS ENUM('sad', 'ok')
[1 further changes of tables are not shown; read the file for them]
`,
    );
  });

  it('takes words that also begin rules for names of columns', () => {
    expect(
      shown('CREATE TABLE a (key text, "primary" int, unique_id int, PRIMARY KEY (key, "primary"), UNIQUE (unique_id), KEY k (key))'),
    ).toBe('table a\n  key text\n  primary int\n  unique_id int\n  primary key (key, primary)\n  unique (unique_id)\n  index k (key)\n');
  });

  it('is that of the end, where a table is dropped and made anew', () => {
    expect(shown('CREATE TABLE a (x int); DROP TABLE IF EXISTS a; CREATE TABLE a (y int)')).toBe('table a\n  y int\n');
  });

  it('of anything is a text without what a terminal obeys, and of limited lines', () => {
    const pieces = constantFrom(
      'CREATE',
      'TABLE',
      'a',
      '(',
      ')',
      ',',
      ';',
      "'",
      '"',
      '[',
      ']',
      '$$',
      '--',
      '/*',
      '\n',
      'REFERENCES',
      'CHECK',
      'DEFAULT',
      'INDEX',
      'ON',
      'ALTER',
      'ADD',
      '.',
      '\u001B[2J',
      '\u{1F600}',
    );
    assert(
      property(array(pieces, { maxLength: 60 }), (sql) => {
        const text = shown(sql.join(' '));
        expect(text).not.toMatch(/[^\P{Cc}\n]/u);
        for (const line of text.split('\n')) expect(line.length).toBeLessThan(700);
      }),
    );
  });

  it.each([
    ['quotes that never end', "'".repeat(100_001)],
    ['tags that never end', Array.from({ length: 40_000 }, (_, at) => `$a${at}$`).join('')],
    ['comments that never end', '/*'.repeat(100_000)],
    ['parentheses that never end', `CREATE TABLE a ${'('.repeat(200_000)}`],
    ['references without end', `CREATE TABLE a (x int ${'REFERENCES '.repeat(20_000)})`],
    ['a check of many words', `CREATE TABLE a (x int CHECK (${'a '.repeat(100_000)}))`],
    ['columns without end', `CREATE TABLE a (${Array.from({ length: 40_000 }, (_, at) => `c${at}`).join()})`],
    ['tables without end', Array.from({ length: 20_000 }, (_, at) => `CREATE TABLE t${at}(x);`).join('')],
  ])('is read at once from %s', (_, sql) => {
    expect(shown(sql).length).toBeLessThan(200_000);
  });
});

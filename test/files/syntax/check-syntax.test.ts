import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSyntax, mostFindings } from '../../../src/files/syntax/check-syntax.ts';

const check = (path: string, text: string) => checkSyntax({ path, content: Buffer.from(text) });

async function places(path: string, text: string): Promise<string[]> {
  const result = await check(path, text);
  if (result.kind === 'unchecked') return [`unchecked: ${result.reason}`];
  return result.findings.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('checkSyntax', () => {
  it.each([
    ['a.json', '{"a": [1, true, null, "é\\u00e9"]}\n'],
    ['tsconfig.json', '{\n  // strict\n  "strict": true,\n}\n'],
    ['.github/workflows/ci.yml', 'on: push\njobs:\n  a:\n    env: ${{ github.sha }}\n---\nb: !Sub "${x}"\n'],
    ['pyproject.toml', '[project]\nname = "a"\n[[x]]\na = 1\n'],
    ['a.js', 'import x from "y";\nclass A { #x = 1; static { } }\nfor await (const a of b) {}\nlet q = <div a={{ b: 1 }}>x</div>;\n'],
    ['a.ts', 'const x = <T,>(y: T): y is string => true;\nenum E { A }\nconst z = y satisfies A;\n'],
    ['a.tsx', 'export const A = () => <div>{x}</div>;\n'],
    ['a.py', 'type X = int\ndef g[T](a: T) -> T:\n    match a:\n        case 1: return f"{a!r:>{10}} {x["a"]}"\n# end\n'],
    ['odd.py', 'def f():\n    # c\n    x = 1\n  # an odd comment\n    return x; y = 2\n'],
    ['empty.py', ''],
    ['marked.py', '\uFEFF# c\n\fx = 1\n'],
    ['Dockerfile', 'FROM a AS b\nRUN --mount=type=cache,target=/x pip\nRUN <<EOF\napt-get update\nEOF\nCOPY --link --from=b a b\n'],
    ['a.sh', 'cat <<EOF\nx\nEOF\n[[ $a =~ ^[0-9]+$ ]] && echo "${1:-x}"\ncase $1 in a|b) echo ;; esac\n'],
    ['a.html', '<p>a<br><ul><li>b</ul><svg><path d="M0"/></svg><x-y></x-y><script>if (a<b) {}</script>'],
    ['a.css', ':root { --a: 1 }\n@container (width > 400px) { a:not(.b)::after { content: "x" } }\n'],
    ['a.sql', "SELECT 'it''s', \"q\" FROM t WHERE a[1] = $1;\nDO $$ BEGIN RAISE NOTICE 'x'; END $$;\nDROP TABLE IF EXISTS a;\n"],
    ['mysql.sql', "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 'a\\'b'; SET x = 2; END //\n"],
    ['dump.sql', "COPY a FROM stdin;\n1\tit's\n\\.\nSELECT 1;\n"],
    ['a.go', 'package main\ntype S[T any] struct { a int `json:"a"` }\nfunc (s *S[T]) F() { for i := range 10 { _ = i } }\n'],
    ['a.rs', 'fn main() { let x: Vec<_> = vec![1]; if let Some(y) = x.first() { println!("{y}"); } }\n'],
    ['A.java', 'record P(int x) { } class A { int f(Object o) { return switch (o) { case P(int x) -> x; default -> 0; }; } }\n'],
    ['a.rb', 'def f = 1\n'],
    ['a.php', '<?php enum A: string { case B = "b"; }\n'],
    ['a.cpp', 'auto f(auto x) { return x; }\n'],
    ['A.cs', 'record A(int X);\n'],
  ])('finds nothing in a valid %s', async (path, text) => {
    expect(await places(path, text)).toEqual([]);
  });

  it.each([
    ['a.json', '{"a": 1,}', '1:9 expected double-quoted property name'],
    ['a.json', '{"a":\n tru}', "2:5 unexpected token '}'"],
    ['a.json', '[1, 2', "1:6 expected ',' or ']' after array element"],
    ['a.json', '', '1:1 unexpected end of the file'],
    ['a.json', '{"a": "x', '1:9 unterminated string'],
    ['tsconfig.json', '{\n  "a" 1\n}', '2:3 unexpected `"a" 1`'],
    ['a.yml', 'a: 1\n b: 2\n', '1:4 nested mappings are not allowed in compact mappings'],
    ['a.toml', 'a = 1\nb =\n', '2:4 invalid value'],
    ['a.js', 'const x = {\n  a: 1\n  b: 2\n};\n', '3:3 unexpected `b: 2`'],
    ['a.ts', 'export function f(a: string: number { return 1 }\n', '1:28 `)` is missing'],
    ['a.tsx', 'const a = <div>;\n', '1:1 what begins with `const a = <div>;` is broken'],
    ['a.py', 'def f(:\n    pass\n', '1:7 `)` is missing'],
    ['a.py', 'def f():\nreturn 1\n', '1:9 an indented block is expected here'],
    ['a.py', 'x = 1\n  y = 2\n', '2:3 unexpected indentation'],
    ['a.py', '\n  # c\n    x = 1\n    y = 2\n', '3:5 unexpected indentation'],
    ['a.py', 'x = 1\n```\n', '2:1 unexpected `````'],
    ['Dockerfile', 'FROM a\nRUNN b\n', '2:1 Unknown instruction: RUNN'],
    ['Dockerfile.dev', 'COPY a b\n', '1:1 No source image provided with `FROM`'],
    ['a.sh', 'if true; then\necho\n', '3:1 `fi` is missing'],
    ['a.html', '<div><span>x</div>', '1:6 `<span>` is not closed'],
    ['a.html', '<a href="x>y</a>', '1:17 eof in tag'],
    ['a.css', 'a { color: red; }}\n', '1:18 unexpected `}`'],
    ['a.sql', 'SELECT 1;\nSELEC 2;\n', '2:1 no statement begins with `SELEC`'],
    ['a.sql', 'CREATE TABLE a (id INT,);\n', '1:23 nothing follows this comma'],
    ['a.sql', 'INSERT INTO a VALUES (1, 2;\n', '1:22 `(` is not closed'],
    ['a.sql', "SELECT 'abc\n", '1:8 this text is not closed'],
    ['a.go', 'package main\nfunc main() {\n', '2:13 unexpected `{`'],
    ['a.rs', 'fn main() { let x = 1 println!(""); }', '1:21 unexpected `1`'],
    ['A.java', 'class A { int x = ; }', '1:17 unexpected `=`'],
  ])('tells the place and the reason in a broken %s: %j', async (path, text, expected) => {
    const [first] = await places(path, text);
    expect(first).toBe(expected);
  });

  it.each([
    ['README.md', '# x', 'language'],
    ['Dockerfile.dockerignore', '*', 'language'],
    ['list.yaml', '{{- range .Values }}\n- a\n{{ end }}\n', 'template'],
    ['page.html', '<p {% if a %}class="b"{% endif %}>{{ "<x" }}', 'template'],
    ['large.js', `${' '.repeat(1024 * 1024)} `, 'size'],
    ['deep.yml', '['.repeat(50_000), 'checker'],
  ])('leaves %s unchecked and says why', async (path, text, reason) => {
    expect(await check(path, text)).toEqual({ kind: 'unchecked', reason });
  });

  it('leaves what is no text unchecked', async () => {
    expect(await checkSyntax({ path: 'a.py', content: Buffer.from([0xff, 0xfe]) })).toEqual({ kind: 'unchecked', reason: 'encoding' });
  });

  it('keeps the first findings of many and counts them all', async () => {
    const result = await check('a.html', '<b>'.repeat(1000));
    expect(result).toMatchObject({ kind: 'checked', found: 1000 });
    expect(result.kind === 'checked' && result.findings.length).toBe(mostFindings);
  });

  it('counts columns in UTF-16 units', async () => {
    expect(await places('a.js', 'const a = "😀" 1;\n')).toEqual(['1:16 unexpected `1`']);
  });

  it('answers for any text, in the order of the file and with places that exist', async () => {
    const path = fc.constantFrom(
      'a.json',
      'a.yml',
      'a.toml',
      'a.py',
      'a.js',
      'a.ts',
      'a.html',
      'a.css',
      'a.sql',
      'a.sh',
      'Dockerfile',
      'tsconfig.json',
    );
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      '(',
      ')',
      '"',
      "'",
      '`',
      '\n',
      '  ',
      ':',
      ',',
      '<a>',
      'def f():',
      '=',
      '$$',
      '/*',
      '\\',
      'é😀',
      '#',
      'FROM ',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    await fc.assert(
      fc.asyncProperty(path, text, async (path, text) => {
        const result = await check(path, text);
        if (result.kind === 'unchecked') return;
        const lines = text.split('\n');
        expect(result.found).toBeGreaterThanOrEqual(result.findings.length);
        for (const { line, column } of result.findings) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length + 1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
        const inOrder = result.findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
        expect(result.findings).toEqual(inOrder);
      }),
      { numRuns: 300 },
    );
  });
});

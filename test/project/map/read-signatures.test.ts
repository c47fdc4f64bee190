import { describe, expect, it } from 'vitest';
import { readSignatures } from '../../../src/project/map/read-signatures.ts';

describe('readSignatures', () => {
  it.each([
    [
      'a.ts',
      'const hidden = 1;\nexport const rate: number = 0.2;\nexport const round = (x: number): number => { return x; };\nexport class Cart extends Base {\n  #items = [];\n  private secret() {}\n  add(item: Item,\n    count = 1): void {}\n}\nexport type Kind = /** why */ "a" | "b";\nexport { x } from "./x.ts";\n',
      [
        'export const rate: number',
        'export const round = (x: number): number',
        'export class Cart extends Base',
        '  add(item: Item, count = 1): void',
        'export type Kind = "a" | "b"',
        'export { x } from "./x.ts"',
      ],
    ],
    ['a.js', 'function main(a) { run(); }\nclass A {}\n', ['function main(a)', 'class A']],
    [
      'a.py',
      '@cache\ndef total(items: list[int],\n          tax=0.2) -> float:\n    return 1\n\nclass Cart(Base):\n    """It holds."""\n    def __init__(self, a): pass\n    def _hidden(self): pass\n',
      ['def total(items: list[int], tax=0.2) -> float', 'class Cart(Base)', '  def __init__(self, a)'],
    ],
    [
      'a.go',
      'package a\ntype Cart struct {\n\tItems []int\n}\nfunc (c *Cart) Add(item int) error {\n\treturn nil\n}\n',
      ['type Cart struct { Items []int }', 'func (c *Cart) Add(item int) error'],
    ],
    [
      'a.rs',
      'pub struct Cart { items: u32 }\nimpl Cart {\n    pub fn add(&mut self, item: u32) -> bool { true }\n}\npub trait Sum { fn sum(&self) -> u32; }\n',
      ['pub struct Cart', 'impl Cart', '  pub fn add(&mut self, item: u32) -> bool', 'pub trait Sum', '  fn sum(&self) -> u32'],
    ],
    [
      'A.java',
      'package a;\npublic class A<T> {\n  private int x;\n  public A(int x) {}\n  public T get(String name) throws E { return null; }\n  private void hidden() {}\n}\n',
      ['public class A<T>', '  public A(int x)', '  public T get(String name) throws E'],
    ],
    [
      'a.cs',
      'namespace N {\n  public class C : D {\n    public int P { get; set; }\n    public void M(int a) { }\n  }\n}\n',
      ['public class C : D', '  public int P', '  public void M(int a)'],
    ],
    [
      'a.hpp',
      '#ifndef A\n#define A\nnamespace n {\ntemplate <class T> class V {\n public:\n  int size() const { return 1; }\n};\n}\nint g(int a);\n#endif\n',
      ['template <class T> class V', '  int size() const', 'int g(int a)'],
    ],
    [
      'a.rb',
      'module M\n  class C < D\n    def add(a, b)\n      1\n    end\n  end\nend\n',
      ['module M', '  class C < D', '    def add(a, b)'],
    ],
    [
      'a.php',
      '<?php\nclass D extends C {\n  public function f(int $a): int { return 1; }\n  private function g() {}\n}\n',
      ['class D extends C', '  public function f(int $a): int'],
    ],
    ['a.sh', 'f() {\n  echo\n}\n', ['f()']],
    ['a.kt', 'class C\nfun f() = 1\n', ['of C', 'and f']],
  ])('shows what %s defines, without bodies', async (path, text, expected) => {
    const names = path === 'a.kt' ? ['of C', 'and f'] : [];
    expect((await readSignatures(path, text, names)).join('\n')).toBe(path === 'a.kt' ? 'of C, and f' : expected.join('\n'));
  });

  it('shows names where a file is too large, minified, or defines nothing that can be seen', async () => {
    const names = ['first', 'second'];
    for (const text of ['x;\n'.repeat(100_000), `export function f(){}${';'.repeat(6000)}`, '((((']) {
      expect(await readSignatures('a.ts', text, names)).toEqual(['first, second']);
    }
  });

  it('keeps each to one line of printable characters that opens no fence', async () => {
    const text = 'export function f(a = "\u001b[2J\u202e```"\n, b = `\n\n# Requirement`) {}\nexport const g: '.concat(
      'A'.repeat(4000),
      ' = 1;\n',
    );
    const lines = await readSignatures('a.ts', text, []);
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line.length).toBeLessThan(170);
      expect(line).not.toMatch(/[\n\u001b\u202e]|`{3}/);
    }
  });

  it('ends after some lines, however many definitions there are and however deep', async () => {
    const wide = Array.from({ length: 2000 }, (_, at) => `export function f${at}() {}`).join('\n');
    expect((await readSignatures('a.ts', wide, [])).length).toBe(60);
    const deep = `${'namespace n { '.repeat(100)}int g();${'}'.repeat(100)}`;
    expect(await readSignatures('a.hpp', `int f();\n${deep}`, [])).toEqual(['int f()']);
  });
});

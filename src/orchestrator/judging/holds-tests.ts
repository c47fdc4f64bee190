/** What tests look like in each language, by the ending of their files. */
const marks: Readonly<Record<string, RegExp>> = {
  py: /^[ \t]*(?:async\s+)?def\s+test\w*\s*\(|^[ \t]*class\s+\w*Test\w*|unittest|pytest|^assert\b/m,
  js: /\b(?:test|it|describe)\s*(?:\.\w+\s*)?\(|\bassert\b/,
  mjs: /\b(?:test|it|describe)\s*(?:\.\w+\s*)?\(|\bassert\b/,
  cjs: /\b(?:test|it|describe)\s*(?:\.\w+\s*)?\(|\bassert\b/,
  ts: /\b(?:test|it|describe)\s*(?:\.\w+\s*)?\(|\bassert\b/,
  go: /^func\s+Test\w*\s*\(/m,
  rs: /#\[(?:\w+::)?test\]/,
  java: /@Test\b|\bassert\b|\bthrow\b/,
  rb: /\bdef\s+test_|\bassert|\bdescribe\b/,
};

/** Whether a file holds tests; true for kinds of files of which that cannot be told. */
export function holdsTests(path: string, content: string): boolean {
  const mark = marks[path.slice(path.lastIndexOf('.') + 1)];
  return mark === undefined || mark.test(content);
}

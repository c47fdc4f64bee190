/** What models write that have lost their way: a beginning that is worth keeping, and what comes then for ever. */
export interface RunawayText {
  beginning: string;
  /** The piece of this number, from 0. */
  piece: (n: number) => string;
  /** After so many tokens of the runaway, at four characters each, it is to be noticed at the latest. */
  tokens: number;
}

const cities = ['Paris', 'Berlin', 'Rome', 'Oslo', 'Madrid', 'Vienna', 'Prague'];
const of = (list: readonly string[], n: number) => list[n % list.length] ?? '';
const inFile = (language: string) => `The file:\n\n\`\`\`${language}:src/file\n`;

export const runawayTexts: Record<string, RunawayText> = {
  'examples that count': {
    beginning: '# Analysis\n\nSome examples:\n\n',
    piece: (n) => `- **Example ${n}**: Given "x${n}", the converter answers "y${n}".\n`,
    tokens: 500,
  },
  'examples in which names change': {
    beginning: '# Analysis\n\n',
    piece: (n) =>
      `- **Example ${n}**: Given "${of(cities, n * n)}", the converter answers with the code of the city "${of(cities, n + 3)}".\n`,
    tokens: 900,
  },
  'a numbered list of one sentence': {
    beginning: 'The requirements are:\n\n',
    piece: (n) => `${n + 1}. The system should be able to handle errors.\n`,
    tokens: 500,
  },
  'sections of one shape': {
    beginning: '# Tests\n\n',
    piece: (n) => `### Test case ${n}\n\n**Input**: \`add ${n}\`\n**Expected**: the item ${n} is in the list.\n\n`,
    tokens: 500,
  },
  'sections in which values come again': {
    beginning: '# Tests\n\n',
    piece: (n) =>
      `### Scenario ${n}\n\nGiven a user with a name of "${of(cities, n)}"\nWhen the user opens the list of all items\nThen the list is shown\n\n`,
    tokens: 1200,
  },
  'a sentence': { beginning: 'A plan. ', piece: () => 'The system then checks the input again. ', tokens: 500 },
  'a line': { beginning: '# Notes\n\n', piece: () => '- The function returns the result.\n', tokens: 500 },
  'a word': { beginning: 'A plan: ', piece: () => 'and then ', tokens: 500 },
  'one character': { beginning: 'Total: ', piece: () => 'a', tokens: 500 },
  'zeros between commas': { beginning: 'The values are 0, ', piece: () => '0, ', tokens: 500 },
  'numbers between commas': { beginning: 'The values are ', piece: (n) => `${n}, `, tokens: 500 },
  'sentences that count, in one line': { beginning: 'First. ', piece: (n) => `Step ${n} follows step ${n - 1}. `, tokens: 500 },
  'headings that go deeper': { beginning: '# A\n', piece: (n) => `${'#'.repeat(n + 2)} Section\n\n`, tokens: 900 },
  'headings that count': { beginning: '# A\n', piece: (n) => `## ${n}. Further considerations\n\n`, tokens: 500 },
  'empty lines': { beginning: 'Done.\n', piece: () => '\n', tokens: 500 },
  spaces: { beginning: 'Done.', piece: () => ' ', tokens: 500 },
  'a paragraph': {
    beginning: '# Title\n\n',
    piece: () => `${'This paragraph says what the one before it has said already, in the same words. '.repeat(4)}\n\n`,
    tokens: 900,
  },
  'functions over and over, of which a line now and then is another': {
    beginning: inFile('python'),
    piece: (n) =>
      ['read_weight', 'read_price', 'read_date']
        .map((name) => {
          const found = n % 6 === 5 && name === 'read_date' ? `found_${n}` : 'found';
          return `    def ${name}(text):\n        parts = text.split(':')\n        if len(parts) < 2:\n            return None\n        ${found} = parts[1].strip()\n        return found or None\n\n`;
        })
        .join(''),
    tokens: 1000,
  },
  'the same code block': {
    beginning: 'Use it:\n\n',
    piece: () => '```python\nfrom shop import total\n\nprint(total([1, 2, 3]))\nprint(total([]))\n```\n\nOr:\n\n',
    tokens: 1000,
  },
  'tests that count': {
    beginning: inFile('python'),
    piece: (n) => `def test_${n}():\n    assert solve(${n}) == ${n}\n\n`,
    tokens: 1000,
  },
  'tests that are the same but for the number': {
    beginning: inFile('python'),
    piece: (n) =>
      `    def test_add_item_${n}(self):\n        self.list.add("milk")\n        self.assertEqual(self.list.items, ["milk"])\n\n`,
    tokens: 1100,
  },
  'one function over and over': {
    beginning: inFile('javascript'),
    piece: () => 'function format(value) {\n  if (value === null) return "";\n  return String(value).trim();\n}\n\n',
    tokens: 800,
  },
  'one comment over and over': { beginning: inFile('python'), piece: () => '# This is the end of the file.\n', tokens: 800 },
  'an empty comment': { beginning: inFile('python'), piece: () => '#\n', tokens: 500 },
  'comments that count': { beginning: inFile('python'), piece: (n) => `# TODO ${n}: write this part\n`, tokens: 700 },
  'records of JSON': {
    beginning: inFile('json'),
    piece: (n) => `  {\n    "id": ${n},\n    "name": "User ${n}",\n    "active": true\n  },\n`,
    tokens: 800,
  },
  'a statement': { beginning: inFile('python'), piece: () => '    self.items.append(item)\n', tokens: 800 },
  'an import that counts': { beginning: inFile('python'), piece: (n) => `from module_${n} import function_${n}\n`, tokens: 900 },
  'brackets in one line': { beginning: inFile('json'), piece: () => '[', tokens: 1200 },
  'zeros of a list in a file': { beginning: `${inFile('python')}values = [`, piece: () => '0, ', tokens: 1200 },
  'a Markdown file that counts': {
    beginning: '```markdown\n# Requirements\n\n',
    piece: (n) => `- Requirement ${n}: the program reads line ${n} of the file.\n`,
    tokens: 500,
  },
};

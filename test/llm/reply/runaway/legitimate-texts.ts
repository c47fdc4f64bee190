const words =
  'apple river stone cloud parser index table token order price account window button server client filter record report module branch number letter search garden bridge engine signal memory vector matrix ticket coupon recipe parcel invoice booking habit planet folder circle'.split(
    ' ',
  );
const verbs = ['GET', 'POST', 'PUT', 'DELETE'];

/** Texts that look much alike from line to line and are right all the same. Names say what they are; code and data stand in fences unless they say otherwise. */
export const legitimateTexts: Record<string, string> = {
  'a table of 60 rows': table(60),
  'a table of numbers': `| n | n squared | n cubed |\n|---|---|---|\n${lines(45, (n) => `| ${n} | ${n * n} | ${n ** 3} |`)}`,
  'an API list of 40 endpoints': lines(40, (n) => `- \`${verbs[n % 4]} /${word(n)}s/:id\` - ${sentence(n, 4 + (n % 5))}`),
  'a numbered list of 50 different items': lines(50, (n) => `${n + 1}. ${sentence(n, 5 + (n % 6))}`),
  'a checklist of 60 short items': lines(60, (n) => `- [ ] ${word(n)} ${word(n * 7)}`),
  'acceptance criteria': lines(
    30,
    (n) => `- **AC${n + 1}**: Given a ${word(n)}, when ${word(n * 3)} is called, then ${sentence(n, 3 + (n % 4))}`,
  ),
  'a dozen examples of one shape': lines(12, (n) => `- **Example ${n + 1}**: Given "x${n + 1}", the parser returns "y${n + 1}".`),
  'seven phases with the same headings': lines(
    7,
    (n) => `## Phase ${n + 1}\n\n${sentence(n, 12)}\n\n### Deliverables\n\n- ${sentence(n + 9, 5)}\n- ${sentence(n + 20, 6)}\n`,
  ),
  'a glossary': lines(60, (n) => `**${word(n)}**: ${sentence(n, 4 + (n % 7))}\n`),
  'the numbers up to a hundred': `The numbers are ${Array.from({ length: 100 }, (_, n) => n + 1).join(', ')}.`,
  'a rule of signs and a chessboard': `${'='.repeat(200)}\n${lines(8, () => `+${'---+'.repeat(8)}\n|${' x |'.repeat(8)}`)}`,
  'a drawing in the text': `${lines(20, (n) => `${' '.repeat(20 - n)}${'*'.repeat(2 * n + 1)}`)}${lines(20, () => '     ###')}`,
  'a dialogue': lines(40, (n) => `${n % 2 ? 'User' : 'System'}: ${sentence(n, 3 + (n % 8))}`),
  'a grid of 20 by 20 cells': fenced(
    'text',
    lines(20, () => `+${'---+'.repeat(20)}\n|${'   |'.repeat(20)}`),
  ),
  'a maze of hashes': fenced(
    'text',
    lines(40, (n) => Array.from({ length: 40 }, (_, m) => (noise(n * 41 + m) % 3 ? '#' : ' ')).join('')),
  ),
  'a CSV file of 200 rows': fenced(
    'csv',
    lines(200, (n) => `${n},${word(n)},${noise(n) % 100},${(noise(n * 3) % 1000) / 10}`),
  ),
  'a CSV file of times': fenced(
    'csv',
    lines(200, (n) => `2024-01-01T${pad(Math.floor(n / 60))}:${pad(n % 60)}:00,${noise(n) % 500}`),
  ),
  'a JSON file of 80 records': fenced(
    'json',
    `[\n${lines(80, (n) => `  {\n    "id": ${n},\n    "name": "${word(n)} ${word(n + 5)}",\n    "age": ${20 + (noise(n) % 50)}\n  },`)}]\n`,
  ),
  'a list of 60 imports': fenced(
    'typescript',
    lines(60, (n) => `import { ${word(n)}${word(n * 5)} } from './${word(n)}-${word(n * 5)}.ts';`),
  ),
  'a test file of 25 tests': fenced(
    'python',
    lines(
      25,
      (n) =>
        `def test_${word(n)}_${word(n * 3)}():\n    result = ${word(n)}(${noise(n) % 99})\n    assert result == ${noise(n * 2) % 99}\n\n`,
    ),
  ),
  'a test file of 20 numbered tests': fenced(
    'python',
    lines(20, (n) => `def test_case_${n + 1}():\n    assert solve(${n + 1}) == ${n + 2}\n\n`),
  ),
  'an enum of 100 names': fenced(
    'java',
    lines(100, (n) => `  ${word(n).toUpperCase()}_${word(n * 11).toUpperCase()}(${n}),`),
  ),
  'a switch of 50 cases that count': fenced(
    'javascript',
    lines(50, (n) => `    case ${n}: return "value ${n}";`),
  ),
  'registers r0 to r31': fenced(
    'c',
    lines(32, (n) => `  uint32_t r${n};`),
  ),
  'a lookup table of bytes': fenced(
    'c',
    lines(
      64,
      (n) => `  ${Array.from({ length: 12 }, (_, m) => `0x${(noise(n * 13 + m) % 256).toString(16).padStart(2, '0')}`).join(', ')},`,
    ),
  ),
  'an identity table of 256 numbers': fenced(
    'c',
    lines(32, (n) => `  ${Array.from({ length: 8 }, (_, m) => n * 8 + m).join(', ')},`),
  ),
  'an array of 256 numbers in one line': fenced('javascript', `const all = [${Array.from({ length: 256 }, (_, n) => n).join(', ')}];\n`),
  'a chain of 60 elifs': fenced(
    'python',
    lines(60, (n) => `    elif name == "${word(n)}":\n        return "${word(n * 3)}"`),
  ),
  'the same chain without a fence': lines(60, (n) => `    elif name == "${word(n)}":\n        return "${word(n * 3)}"`),
  'minified code': fenced(
    'javascript',
    Array.from({ length: 400 }, (_, n) => `function ${word(n)[0]}${n}(e,t){return e.${word(n)}(t,${noise(n) % 9})}`).join(''),
  ),
  'a minified map of zeros and ones': fenced(
    'json',
    `[${Array.from({ length: 60 }, (_, n) => `[${Array.from({ length: 60 }, (_, m) => noise(n * 61 + m) % 2).join(',')}]`).join(',')}]\n`,
  ),
  'a board of zeros': fenced('python', `board = [\n${lines(9, () => '    [0, 0, 0, 0, 0, 0, 0, 0, 0],')}]\n`),
  'getters and setters': fenced(
    'java',
    lines(25, (n) => `    public String get${word(n)}() {\n        return ${word(n)};\n    }\n`),
  ),
  'styles of 50 classes': fenced(
    'css',
    lines(
      50,
      (n) => `.${word(n)}-${n} {\n  margin: ${noise(n) % 20}px;\n  color: #${(noise(n * 7) % 4096).toString(16).padStart(3, '0')};\n}\n`,
    ),
  ),
  base64: fenced(
    'text',
    lines(60, (n) => Array.from({ length: 76 }, (_, m) => String.fromCharCode(65 + (noise(n * 79 + m) % 26))).join('')),
  ),
  'SQL inserts': fenced(
    'sql',
    lines(80, (n) => `INSERT INTO ${word(n % 5)}s VALUES (${n}, '${word(n)}', ${noise(n) % 1000});`),
  ),
  translations: fenced(
    'yaml',
    lines(90, (n) => `${word(n)}_${word(n * 3)}: "${sentence(n, 2 + (n % 4))}"`),
  ),
  'a Markdown file with a long list of links': fenced(
    'markdown',
    lines(80, (n) => `- [${word(n)}](https://example.org/${word(n)}/${n}): ${sentence(n, 3)}`),
  ),
  'closing braces': fenced(
    'javascript',
    `${lines(20, (n) => `${'  '.repeat(n)}if (${word(n)}) {`)}${lines(20, (n) => `${'  '.repeat(19 - n)}}`)}`,
  ),
  'an HTML list': fenced(
    'html',
    lines(60, (n) => `  <li><a href="/${word(n)}">${sentence(n, 2 + (n % 3))}</a></li>`),
  ),
  'a story': lines(20, (n) => `${sentence(n, 30)} ${sentence(n + 50, 25)}\n`),
};

function word(n: number): string {
  return words[noise(n) % words.length] ?? '';
}

function sentence(n: number, length: number): string {
  return `${Array.from({ length }, (_, at) => word(n * 31 + at)).join(' ')}.`;
}

/** The same number for the same place, without any order. */
function noise(n: number): number {
  return Math.abs(Math.imul(n + 12_345, 2_654_435_761 | 0) ^ Math.imul(n, 40_503) ^ (n * n * 7)) >>> 3;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}

function lines(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => `${line(n)}\n`).join('');
}

function table(rows: number): string {
  return `| city | people | founded |\n|---|---|---|\n${lines(rows, (n) => `| ${word(n)} ${word(n * 2)} | ${noise(n) % 100_000} | ${1000 + (noise(n * 5) % 1000)} |`)}`;
}

function fenced(language: string, content: string): string {
  return `Here is the file:\n\n\`\`\`${language}\n${content}\`\`\`\n`;
}

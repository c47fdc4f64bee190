import { describe, expect, it } from 'vitest';
import { readExamples } from '../../../src/agents/examples/read-examples.ts';

/** Examples in short: what is started with what, and what is to come out. */
function found(requirement: string, projectFiles: { path: string; content: string }[] = []): string[] {
  return readExamples(requirement, projectFiles).map((example) =>
    example.kind === 'calls'
      ? example.lines.map(({ code, result }) => (result === undefined ? code : `${code} = ${result}`)).join('; ')
      : example.commands
          .map(({ command, input, expected, exitCode }) => {
            const parts = [
              command,
              ...(input === undefined ? [] : [`< ${JSON.stringify(input)}`]),
              ...example.files.map(({ path, content }) => `${path}:${JSON.stringify(content)}`),
              ...(expected === undefined ? [] : [`${expected.extent} ${JSON.stringify(expected.text)}`]),
              ...(exitCode === undefined ? [] : [`exit ${exitCode}`]),
            ];
            return parts.join(' ');
          })
          .join('; '),
  );
}

const sum = 'Write `sum.py`, which reads numbers from standard input.';
const roman = 'Write a command `roman.py`.';
const tools = 'Write a Python module `tools.py` with `share(total, people)`.';
const card = 'Write an ES module `card.js` with a class `Card`.';

describe('examples of a requirement', () => {
  it.each<[string, string, string[]]>([
    [
      'input and output as two samples',
      `${sum}\n\nFor the input\n\n    1\n    2\n\nit prints\n\n    3`,
      ['python3 sum.py < "1\\n2\\n" whole "3"'],
    ],
    [
      'fenced samples and another wording',
      `${sum}\n\nGiven\n\`\`\`\n1\n\`\`\`\nthe output should be\n\`\`\`\n1\n\`\`\``,
      ['python3 sum.py < "1\\n" whole "1"'],
    ],
    [
      'a file that the program is given',
      'Write `clean.py`; I run `python3 clean.py notes.txt`. From\n\n    a  b\n\nit makes\n\n    a b',
      ['python3 clean.py notes.txt notes.txt:"a  b\\n" whole "a b"'],
    ],
    [
      'a data file that is shown long before',
      'Baskets stand in a file like this, `picked.csv`:\n\n    plum,2\n\nWrite `harvest.py`: `python3 harvest.py picked.csv [--by fruit]`. It prints the sum:\n\n    plum: 2',
      ['python3 harvest.py picked.csv picked.csv:"plum,2\\n" whole "plum: 2"'],
    ],
    [
      'a terminal with several commands',
      'Write `hives.py`.\n\n    $ python3 hives.py add "North meadow" 8\n    added North meadow\n    $ python3 hives.py list\n    North meadow: 8',
      ['python3 hives.py add "North meadow" 8 whole "added North meadow"; python3 hives.py list whole "North meadow: 8"'],
    ],
    ['a command in the text', `${roman} \`roman.py 7\` prints \`VII\`.`, ['python3 roman.py 7 line "VII"']],
    ['a command and a bare number', 'Write `fare.py`. `python3 fare.py 4 --back` is 44.55.', ['python3 fare.py 4 --back line "44.55"']],
    [
      'an exit code',
      `${roman} \`python3 roman.py 7x\` prints \`no number: 7x\` to the error output and ends with exit code 2.`,
      ['python3 roman.py 7x line "no number: 7x" exit 2'],
    ],
    [
      'a start without arguments',
      `${roman} Without arguments it prints \`usage: roman.py NUMBER\` and ends with exit code 2.`,
      ['python3 roman.py line "usage: roman.py NUMBER" exit 2'],
    ],
    [
      'a file that is not there',
      `${roman}\n\n    python3 roman.py numbers.txt\n\nIf the file cannot be read, print \`cannot read: numbers.txt\` and end with exit code 1.`,
      ['python3 roman.py numbers.txt line "cannot read: numbers.txt" exit 1'],
    ],
    [
      'a file that is missing, by its name',
      `${roman} It is called as \`roman.py numbers.txt\`. If \`numbers.txt\` does not exist, it prints \`nothing to read\` and exits with status 3.`,
      ['python3 roman.py numbers.txt line "nothing to read" exit 3'],
    ],
    ['no input at all', `${sum} Without any line it prints only \`0\`.`, ['python3 sum.py whole "0"']],
    ['a call in the text', `${tools} \`share(7, 2)\` returns \`[4, 3]\`.`, ['share(7, 2) = [4, 3]']],
    ['what a call is not', `${tools} \`share(7, 2)\` returns \`[4, 3]\`, not \`[3, 4]\`.`, ['share(7, 2) = [4, 3]']],
    ['a label without quotes', `${tools} \`share(1, 1)\` should be \`A1\`.`, ['share(1, 1) = "A1"']],
    [
      'calls with what they give',
      `${tools}\n\n    share(7, 2)   gives [4, 3]\n    share(6, 2)   gives [3, 3]`,
      ['share(7, 2) = [4, 3]; share(6, 2) = [3, 3]'],
    ],
    [
      'code with comments',
      `${card}\n\n    const card = new Card(5);\n    card.add(3);   // 3, and none is free\n    card.free;     // 0`,
      ['const card = new Card(5); card.add(3) = 3; card.free = 0'],
    ],
    ['a Python prompt', `${tools}\n\n    >>> from tools import share\n    >>> share(7, 2)\n    [4, 3]`, ['share(7, 2) = [4, 3]']],
    [
      'a text and the value that a function makes of it',
      'Lamps:\n\n    [gate]\n    watts = 5\n\nWrite `lamps.py` with a function `read_lamps(text)`. For the text above:\n\n    {"gate": {"watts": 5}}',
      ['read_lamps("[gate]\\nwatts = 5") = {"gate": {"watts": 5}}'],
    ],
    [
      'a program that has to be built',
      'Write `beads.go`, which reads from standard input.\n\nFor the input\n\n    a\n\nit prints\n\n    1\n\n`./beads red` prints `0`.',
      ['go run beads.go < "a\\n" whole "1"', 'go run beads.go red line "0"'],
    ],
  ])('are read: %s', (_, requirement, expected) => {
    expect(found(requirement)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['something to fill in', `${roman} \`roman.py NUMBER\` prints \`VII\`.`],
    ['a file that is missing, of a command that nobody shows', `${roman} If the file does not exist, print \`no such file\`.`],
    [
      'a file that is missing, with something to fill in',
      `${roman} \`roman.py a.txt\` reads a file. If the file is missing, print \`no such file: <name>\`.`,
    ],
    [
      'a file that is missing, of another name',
      `${roman} \`roman.py a.txt\` reads a file. If the file is missing, print \`cannot read b.txt\`.`,
    ],
    ['a usage without output', `${roman}\n\n    python3 roman.py 7`],
    ['more than one command in a line', `${roman} \`roman.py 7 | sort\` prints \`VII\`.`],
    ['a call with names', `${tools} \`share(total, people)\` returns \`[4, 3]\`.`],
    ['a result that is no value', `${tools} \`share(7, 2)\` returns \`rest\`.`],
    ['a file that nobody shows', 'Write `clean.py`. `python3 clean.py notes.txt` prints `done`.'],
    ['a sample after other words', `${sum}\n\nThe colours are\n\n    red\n\nIt should be quick.`],
    ['a sample without a program', 'Write `notes.md`. For the input\n\n    a\n\nit prints\n\n    b'],
    ['a session with a command that is not its own', 'Write `a.py`.\n\n    cat notes\n    hello\n    python3 a.py\n    hello'],
  ])('are none: %s', (_, requirement) => {
    expect(found(requirement)).toEqual([]);
  });

  it('what a function of the project does wrongly is not taken for what it is to do', () => {
    const project = [{ path: 'seats.js', content: 'export function label(n) { return "B0"; }' }];
    const wrong = 'Mend `seats.js`. `label(4)` returns `B0` instead of `A5`, `label(9)` returns `"C0"`. `label(1)` should return `A2`.';
    expect(found(wrong, project)).toEqual(['label(4) = "A5"', 'label(1) = "A2"']);
  });

  it('stay few in a long text', () => {
    const many = Array.from({ length: 500 }, (_, number) => `\`share(${number}, 1)\` returns \`[${number}]\`.`).join(' ');
    expect(found(`${tools} ${many}`)).toHaveLength(40);
  });
});

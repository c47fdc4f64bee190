import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDemands } from '../../../src/agents/demands/read-demands.ts';

const files = (requirement: string, project: string[] = []) =>
  readDemands(
    requirement,
    project.map((path) => ({ path })),
  ).files;

describe('the files that a requirement asks for', () => {
  it.each([
    ['a program named in a sentence', 'Please write `hives.py`, one Python file.', ['hives.py']],
    ['a program that is only started', 'I want to run\n\n    python3 tides.py 5\n\nand see the tide.', ['tides.py']],
    ['several, in the order of their naming', 'Write `reading.py` with `rows()`, then `main.py`.', ['reading.py', 'main.py']],
    ['one name once', '`a.js` exports f. Run `node a.js`.', ['a.js']],
    ['a folder before the name', 'The code goes into src/app.ts. Start app.ts with Node.', ['src/app.ts']],
    ['a class file', 'Write it in Java as `Main.java`.', ['Main.java']],
    ['a page', 'One file, paint.html, that I open in the browser.', ['paint.html']],
    ['a document that is to be written', 'Describe the options in `docs/options.md`.', ['docs/options.md']],
    ['a build file that is to be written', 'Add a Dockerfile to it.', ['Dockerfile']],
    ['a build file that is to be included', 'A crate with `src/lib.rs`. Include Cargo.toml.', ['src/lib.rs', 'Cargo.toml']],
    ['a name beside the word Go', 'Write a Go program (package main, `main.go` and `go.mod`).', ['main.go', 'go.mod']],
    ['what an example imports', "So it is used:\n\n```js\nimport { ring } from './bells.mjs';\n```", ['bells.mjs']],
    ['where something is written in', 'The converter is written in `units.py`.', ['units.py']],
    [
      'a drawn folder',
      'The files are laid out like this:\n\n```\napp/\n  __init__.py\n  rooms.py   # the rooms\ntests/\n  test_rooms.py\n```\n',
      ['app/__init__.py', 'app/rooms.py', 'tests/test_rooms.py'],
    ],
    [
      'a drawn folder around all',
      'Project structure:\n\n```\nbookings/\n├── src/\n│   ├── main.ts\n│   └── data.json\n└── README.md\n```\n',
      ['src/main.ts', 'README.md'],
    ],
  ])('%s', (_, requirement, expected) => {
    expect(files(requirement)).toEqual(expected);
  });

  it.each([
    ['data that a program reads', 'It reads `picked.csv` and prints a sum with the program below.'],
    ['an argument of a command', 'Such a line is printed:\n\n    renumber soup.txt'],
    ['a product', 'It is a Node.js service with Vue.js.'],
    ['an address', 'See https://example.org/lib/x.js for more.'],
    ['what the program makes', 'It writes a page to `report.html` and prints nothing.'],
    ['a drawn folder that is an example', 'For instance, given this folder\n\n```\nnotes/\n  a.py\n```\nit prints 1.'],
    ['an example', 'A path such as `notes.py` is refused.'],
    ['a document that is only mentioned', 'The house style is in README.md.'],
    ['the end of a sentence', 'It counts the beads. So it is.'],
    ['a way out of the folder', 'Write it to ../../x.py or /etc/x.py.'],
  ])('does not take %s for one', (_, requirement) => {
    expect(files(requirement)).toEqual([]);
  });

  it('files of the project are named, not to be written, also where only their last part is said', () => {
    const { files: due, named } = readDemands('Mend `kiln.py` and write `test_kiln.py`.', [
      { path: 'src/kiln.py' },
      { path: 'src/other.py' },
    ]);
    expect({ due, named }).toEqual({ due: ['test_kiln.py'], named: ['src/kiln.py'] });
  });
});

describe('the files of a project that a requirement asks to change', () => {
  const project = ['src/oven.js', 'src/clock.js'].map((path) => ({ path }));
  it.each([
    ['a wish', 'Please add a timer to `oven.js`.', ['src/oven.js']],
    ['a complaint', '`src/oven.js` crashes at midnight. It uses `clock.js`.', ['src/oven.js']],
    ['a point of a list', '1. `clock.js` should know leap years\n2. no change of `oven.js` is asked for, it stays', ['src/clock.js']],
    ['none that is only started', 'Please mend this: `node clock.js 5` prints nothing.', []],
    ['none that is to stay', 'Leave `clock.js` unchanged.', []],
    ['none that is only used', 'The new page reads the time from `clock.js`.', []],
  ])('%s', (_, requirement, expected) => {
    expect(readDemands(requirement, project).changed).toEqual(expected);
  });
});

describe('the names that a requirement asks for', () => {
  it('are those that are called a function or a class, or are written with brackets', () => {
    const { names } = readDemands(
      'The class `Gate` has `enter(pass)` and the method `leave`. `limit` is a number; an error is `ValueError("x")`.',
      [],
    );
    expect(names).toEqual(['Gate', 'enter', 'leave']);
  });

  it.each([
    ['Add a method total(self) to Orders.', ['total']],
    ['Write a new async function fetchAll(urls), and a class Pool(size).', ['fetchAll', 'Pool']],
    ['Call the method append(item) of the list.', []],
    ['It is a function of time (in seconds).', []],
    ['A method that sums (a, b).', []],
  ])('are those without marks that it announces: %s', (requirement, names) => {
    expect(readDemands(requirement, []).names).toEqual(names);
  });
});

it('reads any text without an error, and names only files that are within the folder', () => {
  assert(
    property(array(string({ maxLength: 40 }), { maxLength: 30 }), (parts) => {
      for (const path of files(parts.join(' '))) expect(path.startsWith('/') || path.split('/').includes('..')).toBe(false);
    }),
  );
});

it('takes a long text of the worst kind in a moment', () => {
  for (const piece of ['a.py/', '`a(', 'write '.repeat(3), '- x\n', '../', '[`']) {
    expect(() => readDemands(piece.repeat(160_000 / piece.length), [])).not.toThrow();
  }
});

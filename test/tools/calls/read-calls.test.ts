import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalls } from '../../../src/tools/calls/read-calls.ts';

const names = ['read_file', 'list_files', 'execute_command'];
const read = (reply: string) => readCalls(reply, names);
const valuesIn = (reply: string) => read(reply).calls.map(({ name, given }) => [name, ...given.positional]);

describe('calls in text', () => {
  it.each<[string, string, unknown[]]>([
    ['alone on a line', 'read_file("src/a.rs")', ['read_file', 'src/a.rs']],
    ['with spaces around', '   read_file ( "src/a.rs" )  ', ['read_file', 'src/a.rs']],
    ['with the end of line of Windows', 'read_file("src/a.rs")\r', ['read_file', 'src/a.rs']],
    ['as an item of a list', '- read_file("src/a.rs")', ['read_file', 'src/a.rs']],
    ['as a numbered item', '2. read_file("src/a.rs")', ['read_file', 'src/a.rs']],
    ['in backticks', '`read_file("src/a.rs")`', ['read_file', 'src/a.rs']],
    ['as an item in backticks', '- `read_file("src/a.rs")`', ['read_file', 'src/a.rs']],
    ['with a semicolon', 'read_file("src/a.rs");', ['read_file', 'src/a.rs']],
    ['in single quotes', "read_file('src/a.rs')", ['read_file', 'src/a.rs']],
    ['without arguments', 'list_files()', ['list_files']],
    ['with several arguments', 'read_file("src/a.rs", 10, 20)', ['read_file', 'src/a.rs', 10, 20]],
    ['with escapes', String.raw`execute_command("echo \"a\tb\" \\ 'c'")`, ['execute_command', `echo "a\tb" \\ 'c'`]],
    [
      'a bracket in a command does not end it',
      'execute_command("(cd src && make) ; echo )")',
      ['execute_command', '(cd src && make) ; echo )'],
    ],
    ['nor does a quote of the other kind', `execute_command('grep -c ")" a.txt')`, ['execute_command', 'grep -c ")" a.txt']],
    ['nor what looks like a comment', 'execute_command("echo # a // b")', ['execute_command', 'echo # a // b']],
    ['behind tokens that are no text', '<|start|>assistant<|channel|>final<|message|>read_file("a")<|end|>', ['read_file', 'a']],
  ])('are read %s', (_, line, call) => {
    expect(valuesIn(`Let me look.\n${line}\nThen we see.`)).toEqual([call]);
    expect(read(`Let me look.\n${line}\nThen we see.`).text).toBe('Let me look.\nThen we see.');
  });

  it('may name their arguments', () => {
    expect(read('read_file(path="src/a.rs", first_line=3)').calls).toEqual([
      { name: 'read_file', given: { kind: 'values', positional: [], named: { path: 'src/a.rs', first_line: 3 } }, line: 1 },
    ]);
    expect(read('read_file("a", first_line = 3)').calls[0]?.given).toMatchObject({ positional: ['a'], named: { first_line: 3 } });
  });

  it.each([
    ['in a sentence', 'I would call read_file("a") here.'],
    ['before a sentence', 'read_file("a") shows it'],
    ['of a name that is no tool', 'write_file("a", "b")'],
    ['of a name of every object', 'constructor("a")'],
    ['with a name for a path', 'read_file(path)'],
    ['whose quotes do not end', 'read_file("a'],
    ['whose bracket does not end', 'read_file("a"'],
    ['that goes on in the next line', 'execute_command("a\nb")'],
    ['with backticks on one side', '`read_file("a")'],
    ['of a member', 'tools.read_file("a")'],
    ['with a template', 'execute_command(`echo ${x}`)'],
    ['in a fenced block', '```python\nread_file("a")\n```'],
    ['in a block of tildes that holds a fence', '~~~\n```\nread_file("a")\n```\n~~~'],
    ['in a longer fence', '````md\n```\nread_file("a")\n````'],
    ['in a block in a list', '- so:\n  - ```sh\n    read_file("a")\n    ```'],
    ['in a block in a quotation', '> ```\n> read_file("a")\n> ```'],
    ['in a block that nothing closes', 'So:\n```\nread_file("a")\n'],
  ])('stay text %s', (_, reply) => {
    expect(read(reply)).toEqual({ calls: [], more: 0, text: reply });
  });

  it('count again behind a block', () => {
    expect(valuesIn('```\nread_file("a")\n```\nread_file("b")')).toEqual([['read_file', 'b']]);
  });

  it('are one where they are repeated, and each has its place', () => {
    const { calls, text } = read('read_file("a")\nand\nread_file("b")\n- read_file("a")\n');
    expect(calls.map(({ line, given }) => [line, given.positional[0]])).toEqual([
      [1, 'a'],
      [3, 'b'],
    ]);
    expect(text).toBe('and\n');
  });

  it('are bounded, and whoever answers them knows how many there were', () => {
    const { calls, more, text } = read(Array.from({ length: 1000 }, (_, number) => `read_file("${number % 60}")`).join('\n'));
    expect({ calls: calls.length, more, text }).toEqual({ calls: 50, more: 10, text: '' });
  });

  it('hold any text as an argument', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(valuesIn(`execute_command(${JSON.stringify(value)})`)).toEqual([['execute_command', value]]);
      }),
    );
  });

  const bits = [
    'read_file(',
    '"',
    "'",
    ')',
    '(',
    '[',
    '{',
    ',',
    'a',
    ' ',
    '`',
    '```',
    '~~~',
    '\n',
    '\\',
    'path=',
    '<|',
    '|>',
    '<|start|>',
    '#',
    '//',
    '"""',
    '- ',
    '> ',
  ];

  it('never throw, and what is no call stays as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...bits), fc.string({ maxLength: 5 })), { maxLength: 60 }), (parts) => {
        const reply = parts.join('');
        const { text, calls } = read(reply);
        expect(calls.length > 0 || /<[|｜]/.test(reply) || text === reply).toBe(true);
        // Nothing is made of what was left.
        expect(text.length).toBeLessThanOrEqual(reply.length);
      }),
    );
  });

  it.each([
    ...bits,
    'read_file("',
    'read_file(path=',
    'read_file([',
    'read_file("a" ',
    'read_file(\\',
    '<|start|>assistant',
    '- - ',
    '> > ',
  ])('take time in proportion to the text: 300,000 characters of %j', (bit) => {
    for (const begin of ['', 'read_file("a', 'read_file(', '- `', '```\n', '<|']) {
      const reply = `${begin}${bit.repeat(Math.ceil(300_000 / bit.length))}`;
      expect(read(reply).calls.length).toBeLessThanOrEqual(1);
    }
  });
});

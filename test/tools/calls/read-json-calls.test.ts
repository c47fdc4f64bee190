import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonCalls } from '../../../src/tools/calls/read-json-calls.ts';

const names = ['read_file', 'search_files'];
const called = (reply: string) => readJsonCalls(reply, names)?.calls.map(({ name, given }) => [name, given.named]);
const call = (path: string) => `{"name": "read_file", "arguments": {"path": "${path}"}}`;

describe('calls as data', () => {
  it.each<[string, string, string[]]>([
    ['in a code block, with words around', `I look.\n\n\`\`\`json\n${call('a.py')}\n\`\`\`\nThen I go on.`, ['a.py']],
    ['between marks', `<tool_call>\n${call('a.py')}\n</tool_call>\n<tool_call>\n${call('b.py')}\n</tool_call>`, ['a.py', 'b.py']],
    ['between marks that nothing closes', `<tool_call>\n${call('a.py')}`, ['a.py']],
    ['as the whole reply', call('a.py'), ['a.py']],
    ['as a list', `[${call('a.py')}, ${call('b.py')}]`, ['a.py', 'b.py']],
    ['one a line', `\`\`\`\n${call('a.py')}\n${call('b.py')}\n\`\`\``, ['a.py', 'b.py']],
    ['over several lines', '```json\n{\n  "name": "read_file",\n  "parameters": {"path": "a.py"}\n}\n```', ['a.py']],
    ['with arguments as a text', '{"name": "read_file", "arguments": "{\\"path\\": \\"a.py\\"}"}', ['a.py']],
    ['as a function', '{"type": "function", "function": {"name": "read_file", "arguments": {"path": "a.py"}}}', ['a.py']],
    ['twice', `\`\`\`\n${call('a.py')}\n\`\`\`\n\`\`\`\n${call('a.py')}\n\`\`\``, ['a.py']],
  ])('count %s', (_, reply, paths) => {
    expect(called(reply)).toEqual(paths.map((path) => ['read_file', { path }]));
  });

  it.each([
    ['beside a file', `\`\`\`json\n${call('a.py')}\n\`\`\`\n\`\`\`python:b.py\nB = 1\n\`\`\``],
    ['of a name that is no tool', '{"name": "write_file", "arguments": {}}'],
    ['in a block with a path, which is a file', `\`\`\`json:calls.json\n${call('a.py')}\n\`\`\``],
    ['with further keys', '```json\n{"name": "read_file", "arguments": {}, "version": 2}\n```'],
    ['without arguments', '{"name": "read_file"}'],
    ['with arguments that are a list', '{"name": "read_file", "arguments": "[1]"}'],
    ['that are half of one', '```json\n{"name": "read_file", "argum'],
    ['in words', `I would write ${call('a.py')} here.`],
    ['that are none', ''],
  ])('are none %s', (_, reply) => {
    expect(called(reply)).toBeUndefined();
  });

  it('leave what stands around them, and bring no key of an object along that is not theirs', () => {
    expect(readJsonCalls(`I look.\n\`\`\`\n${call('a')}\n\`\`\`\nDone.`, names)?.text).toBe('I look.\nDone.');
    const [found] = readJsonCalls('{"name": "read_file", "arguments": {"__proto__": {"path": "x"}}}', names)?.calls ?? [];
    expect(found?.given.named['path']).toBeUndefined();
  });

  it('more than fifty are counted', () => {
    const reply = Array.from({ length: 60 }, (_, index) => call(`${index}`)).join('\n');
    expect(readJsonCalls(reply, names)).toMatchObject({ more: 10 });
  });

  it('never throw', () => {
    const bits = ['```', '\n', call('a'), '<tool_call>', '</tool_call>', '[', ']', ',', 'x', '{}', '<|im_start|>assistant'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 30 }), (parts) => {
        const found = readJsonCalls(parts.join(''), names);
        expect(found === undefined || found.calls.length > 0).toBe(true);
      }),
    );
  });
});

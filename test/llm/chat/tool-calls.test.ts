import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ToolCalls, longestArguments } from '../../../src/llm/chat/tool-calls.ts';
import { callPiecesOf } from '../../../src/llm/dialects/call-pieces.ts';

const tools = ['read_file', 'search_files'].map((name) => ({ name, description: '', parameters: {} }));

/** The calls in the messages of a stream: each is the list `tool_calls` of one. */
function callsIn(...messages: unknown[][]) {
  const calls = new ToolCalls(tools);
  for (const pieces of messages) calls.take(callPiecesOf({ tool_calls: pieces }));
  return calls;
}

const shown = (calls: ToolCalls) => calls.parts().map(({ name, arguments: said }) => [name, said]);

describe('native calls that arrive in pieces', () => {
  it.each<[string, unknown[][], [string, string][]]>([
    [
      'in one piece',
      [[{ index: 0, id: 'a', function: { name: 'read_file', arguments: '{"path":"a"}' } }]],
      [['read_file', '{"path":"a"}']],
    ],
    [
      'in fragments',
      [
        [{ index: 0, id: 'a', function: { name: 'read_file', arguments: '' } }],
        [{ index: 0, function: { arguments: '{"pa' } }],
        [{ index: 0, function: { arguments: 'th":"a"}' } }],
      ],
      [['read_file', '{"path":"a"}']],
    ],
    [
      'two at once, their fragments mixed',
      [
        [
          { index: 0, id: 'a', function: { name: 'read_file', arguments: '{' } },
          { index: 1, id: 'b', function: { name: 'search_files', arguments: '{"text"' } },
        ],
        [{ index: 1, function: { arguments: ':"x"}' } }],
        [{ index: 0, function: { arguments: '}' } }],
      ],
      [
        ['read_file', '{}'],
        ['search_files', '{"text":"x"}'],
      ],
    ],
    [
      'without number and id',
      [
        [{ function: { name: 'read_file', arguments: '{"path":' } }],
        [{ function: { arguments: '"a"}' } }],
        [{ function: { name: 'search_files', arguments: '{}' } }],
      ],
      [
        ['read_file', '{"path":"a"}'],
        ['search_files', '{}'],
      ],
    ],
    [
      'two under one id in one message',
      [
        [
          { id: 'a', function: { name: 'read_file', arguments: '{}' } },
          { id: 'a', function: { name: 'search_files', arguments: '{}' } },
        ],
      ],
      [
        ['read_file', '{}'],
        ['search_files', '{}'],
      ],
    ],
    [
      'with arguments that are an object',
      [[{ index: 0, function: { name: 'read_file', arguments: { path: 'a' } } }]],
      [['read_file', '{"path":"a"}']],
    ],
    ['without arguments', [[{ index: 0, function: { name: 'read_file', arguments: ' ' } }]], [['read_file', '{}']]],
    ['without an end', [[{ index: 0, function: { name: 'read_file', arguments: '{"path":' } }]], [['read_file', '{"path":']]],
    ['of a tool that there is not', [[{ index: 0, function: { name: 'fly away!', arguments: '{}' } }]], [['fly_away_', '{}']]],
    ['without a name', [[{ index: 0, function: { arguments: '{}' } }]], [['unnamed', '{}']]],
    ['that are no calls', [[null, 7, 'x', { function: 3 }]], []],
  ])('%s', (_, messages, expected) => {
    expect(shown(callsIn(...messages))).toEqual(expected);
  });

  it('have ids of their own: a missing one, one that is there already, and one of letters that servers refuse are replaced', () => {
    const call = (index: number, id?: unknown) => ({ index, id, function: { name: 'read_file', arguments: '{}' } });
    const calls = callsIn([call(0, 'a')], [call(1)], [call(2, 'a')], [call(3, 'b\nc')], [call(4, 'x'.repeat(65))], [call(5, 7)]);
    const ids = calls.parts().map(({ id }) => id);
    expect(ids[0]).toBe('a');
    expect(new Set(ids).size).toBe(6);
    for (const id of ids.slice(1)) expect(id).toMatch(/^[a-z\d]{9}$/);
  });

  it('are files where they write one and no such tool was offered, and nothing else where none was', () => {
    const write = [{ index: 0, function: { name: 'write_file', arguments: '{"path":"a.py","content":"x"}' } }];
    const read = [{ index: 1, function: { name: 'read_file', arguments: '{}' } }];
    const offered = callsIn(write, read);
    expect(offered.text()).toContain('`a.py`');
    expect(shown(offered)).toEqual([['read_file', '{}']]);
    const none = new ToolCalls();
    none.take(callPiecesOf({ tool_calls: read }));
    expect(none.parts()).toEqual([]);
  });

  it('are cut where they are longer than any argument, and there are not more than a hundred', () => {
    const long = callsIn([{ index: 0, function: { name: 'read_file', arguments: 'x'.repeat(longestArguments * 2) } }]);
    expect(long.parts()[0]?.arguments).toHaveLength(longestArguments + 1);
    expect(long).toHaveLength(longestArguments * 2);
    expect(callsIn(...Array.from({ length: 300 }, (_, index) => [{ index, function: { name: 'read_file' } }])).parts()).toHaveLength(100);
  });

  it('are the same however they are cut', () => {
    const oneCall = fc.record({
      name: fc.constantFrom('read_file', 'search_files'),
      given: fc.dictionary(fc.string(), fc.string()),
      cuts: fc.array(fc.nat(), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(oneCall, { maxLength: 5 }), fc.boolean(), (wanted, numbered) => {
        const messages = wanted.flatMap(({ name, given, cuts }, place) => {
          const said = JSON.stringify(given);
          const ends = [...cuts.map((cut) => cut % (said.length + 1)), said.length].toSorted((a, b) => a - b);
          const index = numbered ? { index: place } : {};
          const begin = [{ ...index, id: `c${place}`, function: { name, arguments: said.slice(0, ends[0]) } }];
          return [begin, ...ends.slice(1).map((end, at) => [{ ...index, function: { arguments: said.slice(ends[at], end) } }])];
        });
        expect(shown(callsIn(...messages))).toEqual(wanted.map(({ name, given }) => [name, JSON.stringify(given)]));
      }),
    );
  });

  it('never fail, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 20 }), (deltas) => {
        const calls = new ToolCalls(tools);
        for (const delta of deltas) calls.take(callPiecesOf(delta));
        const parts = calls.parts();
        expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
        for (const { id, name } of parts) expect(`${id} ${name}`).toMatch(/^[\w-]{1,64} [\w-]{1,64}$/);
      }),
    );
  });
});

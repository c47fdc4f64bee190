import { assert, oneof, property, string, stringMatching } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { botserverAgents, knownAgent, spellingsOf } from '../../../../src/llm/providers/botserver/botserver-agents.ts';

describe('the agents of a botserver', () => {
  it('are twelve, in the order of their numbers', () => {
    expect(botserverAgents).toHaveLength(12);
    expect([knownAgent('1'), knownAgent('2'), knownAgent('12')]).toEqual(['planner', 'builder', 'security']);
  });

  test.each([
    ['builder', ['builder', '2']],
    ['2', ['2', 'builder']],
    ['mantis-2', ['mantis-2', 'builder', '2']],
    ['mantis_12', ['mantis_12', 'security', '12']],
    ['Builder', ['Builder', 'builder', '2']],
    // An agent that only this server has.
    ['translator', ['translator']],
    ['13', ['13']],
    ['0', ['0']],
  ])('%s may be called %j in an address', (name, spellings) => {
    expect(spellingsOf(name)).toEqual(spellings);
  });

  test.each(['', '..', '../health', 'a/b', 'a%2fb', 'a?b', 'a#b', '-a', 'a b', 'ä', 'a\r\nb', 'a'.repeat(65)])(
    'no agent can be called %j',
    (name) => {
      expect(() => spellingsOf(name)).toThrow(expect.objectContaining({ code: 'model.not_found' }));
    },
  );

  it('no name leads to another path, whoever wrote it', () => {
    assert(
      property(oneof(string(), stringMatching(/^[a-z0-9./_-]{1,20}$/)), (name) => {
        let spellings: string[];
        try {
          spellings = spellingsOf(name);
        } catch {
          return;
        }
        for (const each of spellings)
          expect(new URL(`http://127.0.0.1/api/botcoder/${each}/query`).pathname).toBe(`/api/botcoder/${each}/query`);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { planReplyCaps } from '../../../src/llm/budget/plan-reply-caps.ts';

const transcripts = [['a', 'b', 'c']];
const chain = ['a', 'b', 'c'].map((task, index) => ({
  task,
  expects: index === 0 ? ('text' as const) : ('files' as const),
}));

describe('planReplyCaps', () => {
  it('gives replies of a chain all the room there is, and no more', () => {
    const caps = planReplyCaps({ contextTokens: 16_384, fixedTokens: 3000, tasks: chain, transcripts });
    const sum = [...caps.values()].reduce((total, cap) => total + cap, 0);
    expect(sum).toBeLessThanOrEqual(16_384 - 3000 - 256);
    expect(sum).toBeGreaterThan(16_384 - 3000 - 256 - 10);
  });

  it('gives a step that writes files twice as much as one that writes a text', () => {
    const caps = planReplyCaps({ contextTokens: 16_384, fixedTokens: 3000, tasks: chain, transcripts });
    expect(caps.get('b')).toBe((caps.get('a') ?? 0) * 2);
  });

  it('plans by the fullest chain where branches see less', () => {
    const tasks = [
      { task: 'root', expects: 'text' as const },
      { task: 'left', expects: 'text' as const },
      { task: 'right', expects: 'text' as const },
    ];
    const caps = planReplyCaps({
      contextTokens: 6400,
      fixedTokens: 300,
      tasks,
      transcripts: [
        ['left', 'root'],
        ['right', 'root'],
      ],
    });
    expect(caps.get('left')).toBe(3000);
  });

  it('never plans less than the smallest useful reply, however small the context is', () => {
    const caps = planReplyCaps({ contextTokens: 1000, fixedTokens: 900, tasks: chain, transcripts, smallestCap: 400 });
    expect([...caps.values()]).toEqual([400, 400, 400]);
  });
});

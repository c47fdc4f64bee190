import { describe, expect, it } from 'vitest';
import { planCuts } from '../../../src/llm/budget/plan-cuts.ts';

const turn = (task: string, needed: 'superseded' | 'none' | 'later' | 'direct', savedTokens = 100) => ({ task, needed, savedTokens });

describe('planCuts', () => {
  it('cuts replies that nobody needs any more first, and direct dependencies last', () => {
    const turns = [turn('direct', 'direct'), turn('later', 'later'), turn('old', 'none'), turn('older', 'none')];
    expect(planCuts({ turns, excessTokens: 400 })).toEqual(['old', 'older', 'later', 'direct']);
  });

  it('cuts what something newer stands in the place of before all others', () => {
    const turns = [turn('old', 'none'), turn('first round', 'superseded'), turn('direct', 'direct')];
    expect(planCuts({ turns, excessTokens: 300 })).toEqual(['first round', 'old', 'direct']);
  });

  it('cuts no more than it has to', () => {
    expect(planCuts({ turns: [turn('a', 'none'), turn('b', 'none')], excessTokens: 100 })).toEqual(['a']);
    expect(planCuts({ turns: [turn('a', 'none')], excessTokens: 0 })).toEqual([]);
  });

  it('leaves alone what a digest would not make shorter', () => {
    expect(planCuts({ turns: [turn('short', 'none', 0), turn('long', 'direct')], excessTokens: 50 })).toEqual(['long']);
  });
});

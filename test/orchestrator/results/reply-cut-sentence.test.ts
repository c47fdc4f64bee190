import { describe, expect, it } from 'vitest';
import { replyCutSentence } from '../../../src/orchestrator/results/reply-cut-sentence.ts';

describe('what became of a reply', () => {
  it.each([
    [{ removed: 90, why: 'same' }, 'cut back 90 characters where the reply began to repeat itself'],
    [{ removed: 90, why: 'counting' }, 'cut back 90 characters where the reply began to repeat itself'],
    [{ removed: 90, why: 'thoughts' }, 'took out 90 characters in which the model thought before it replied'],
    [{ removed: 0, why: 'same' }, 'began anew where the thoughts of the model began to repeat themselves'],
  ] as const)('is told of %j', (cut, sentence) => {
    expect(replyCutSentence(cut)).toBe(sentence);
  });
});

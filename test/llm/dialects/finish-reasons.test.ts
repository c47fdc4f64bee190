import { describe, expect, it } from 'vitest';
import { finishReasonOf, meaningOfEnd } from '../../../src/llm/dialects/finish-reasons.ts';

describe('why a reply ended', () => {
  it.each([
    ['stop', 'whole'],
    ['STOP', 'whole'],
    ['Stop_Sequence', 'whole'],
    ['end_turn', 'whole'],
    ['tool_calls', 'whole'],
    ['eos_token', 'whole'],
    ['FINISH_REASON_STOP', 'whole'],
    ['length', 'length'],
    ['MAX_TOKENS', 'length'],
    ['model-length', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['abort', 'again'],
    ['network_error', 'again'],
    ['insufficient_system_resource', 'again'],
    ['null', 'none'],
    ['', 'none'],
    ['something_new', undefined],
  ])('"%s" means %s', (said, meaning) => {
    expect(meaningOfEnd(said)).toBe(meaning);
  });

  it.each([
    ['something_new', true, 'stop'],
    ['something_new', false, 'something_new'],
    ['content_filter', true, 'content_filter'],
    ['SAFETY', true, 'SAFETY'],
    // Words of ours that no server may put in their place.
    ['planned_length', true, 'stop'],
    ['repetition', true, 'stop'],
  ])('"%s" with text: %s becomes "%s"', (said, hasText, expected) => {
    expect(finishReasonOf(said, hasText)).toBe(expected);
  });

  it('keeps no more of an unknown word than a sentence has room for', () => {
    expect(finishReasonOf('x'.repeat(1000), false)).toHaveLength(80);
  });
});

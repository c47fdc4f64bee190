import { describe, expect, test } from 'vitest';
import { NotUnderstood } from '../../../../src/llm/providers/botserver/botserver-words.ts';
import { readQueryAnswer } from '../../../../src/llm/providers/botserver/query-answer.ts';

const plain = { output: 'Done.', exitCode: 0, usage: {}, isCut: false };

describe('what an agent answers', () => {
  test.each<[string, unknown, object]>([
    ['as the reference has it', { output: 'Done.', exit_code: 0, metadata: {} }, plain],
    ['without metadata', { output: 'Done.', exit_code: 0 }, plain],
    ['with metadata that is null', { output: 'Done.', exit_code: 0, metadata: null }, plain],
    ['with metadata of any shape', { output: 'Done.', exit_code: 0, metadata: ['a', { usage: 'much' }] }, plain],
    ['without an exit code', { output: 'Done.' }, plain],
    ['that failed by its exit code', { output: 'No.', exit_code: 2 }, { ...plain, output: 'No.', exitCode: 2 }],
    ['that failed by a word', { output: 'No.', success: false }, { ...plain, output: 'No.', exitCode: 1 }],
    ['that was ended by a signal', { output: '', exit_code: -9 }, { ...plain, output: '', exitCode: -9 }],
    [
      'with usage',
      { output: 'Done.', exit_code: 0, metadata: { usage: { prompt_tokens: 5, completion_tokens: 2 } } },
      { ...plain, usage: { promptTokens: 5, replyTokens: 2 } },
    ],
    ['with usage by other names', { output: 'Done.', metadata: { usage: { output_tokens: 2 } } }, { ...plain, usage: { replyTokens: 2 } }],
    ['with usage that cannot be', { output: 'Done.', metadata: { usage: { prompt_tokens: -5, completion_tokens: 1e300 } } }, plain],
    ['that was cut', { output: 'Do', exit_code: 0, metadata: { finish_reason: 'length' } }, { ...plain, output: 'Do', isCut: true }],
  ])('is read %s', (_, told, read) => {
    expect(readQueryAnswer(told)).toEqual(read);
  });

  test.each([[{}], [{ output: 1 }], [{ output: 'x', exit_code: 'none' }], [{ output: 'x', exit_code: 0.5 }], [[]], [{ error: 'x' }]])(
    '%j is none',
    (told) => {
      expect(() => readQueryAnswer(told)).toThrow(NotUnderstood);
    },
  );
});

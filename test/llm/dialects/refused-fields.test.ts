import { describe, expect, it } from 'vitest';
import { refusedField } from '../../../src/llm/dialects/refused-fields.ts';

const body = {
  model: 'm',
  messages: [],
  stream: true,
  stream_options: {},
  seed: 1,
  stop: ['x'],
  temperature: 0,
  max_tokens: 9,
  response_format: {},
  chat_template_kwargs: {},
};
const refused = (whole: string, status: number | undefined = 400) => refusedField({ status, whole }, body);

describe('a field that a server refuses', () => {
  it.each([
    ['{"error":{"message":"Unknown parameter: \'stream_options\'."}}', 'stream_options'],
    ['{"error":{"message":"stream_options.include_usage is not supported"}}', 'stream_options'],
    ['{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}', 'seed'],
    ['{"error":{"message":"Unrecognized request argument supplied: chat_template_kwargs"}}', 'chat_template_kwargs'],
    ['{"error":{"message":"This response_format type is unavailable now"}}', 'response_format'],
    [
      '{"error":{"message":"Unsupported value: \'temperature\' does not support 0 with this model. Only the default (1) value is supported."}}',
      'temperature',
    ],
    ["create() got an unexpected keyword argument 'stop'", 'stop'],
  ])('is found in %s', (whole, field) => {
    expect(refused(whole)).toEqual({ field });
  });

  it('has another name with some', () => {
    expect(
      refused("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
    ).toMatchObject({
      field: 'max_tokens',
      other: 'max_completion_tokens',
    });
  });

  it.each([
    ['a cap, which is kept or told', "Unknown parameter: 'max_tokens'."],
    ['what was not sent', "Unknown parameter: 'top_k'."],
    ['a word of the language', 'Unexpected end: please stop and seed the model first'],
    ['a value that is wrong', "'temperature' must be at most 2"],
  ])('is not %s', (_, whole) => {
    expect(refused(whole)).toBeUndefined();
  });

  it.each([401, 403, 429, 503])('is not looked for with status %i', (status) => {
    expect(refused("Unknown parameter: 'seed'.", status)).toBeUndefined();
  });
});

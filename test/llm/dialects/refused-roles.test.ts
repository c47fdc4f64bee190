import { describe, expect, it } from 'vitest';
import { refusesReasoning, refusesSystemRole } from '../../../src/llm/dialects/refused-roles.ts';

describe('a system message that is refused', () => {
  it.each([
    'System role not supported',
    'Jinja Exception: Conversation roles must alternate user/assistant/user/assistant/...',
    'Only user and assistant roles are supported!',
    'system messages are not supported by this model',
    'This model does not support system prompts',
    'Developer instruction is not enabled for models/gemma-3',
    'Unexpected role: system',
    "Role 'system' is not supported",
    "Input should be 'user' or 'assistant'",
  ])('is known by: %s', (said) => {
    expect(refusesSystemRole(said)).toBe(true);
  });

  it.each(['not enough system memory', 'The operating system does not answer', 'Unknown parameter: seed', 'model not found'])(
    'is none: %s',
    (said) => {
      expect(refusesSystemRole(said)).toBe(false);
    },
  );
});

describe('earlier thoughts that are refused', () => {
  it('are known by their name', () => {
    expect(refusesReasoning("property 'messages.2.assistant.reasoning_content' is unsupported")).toBe(true);
    expect(refusesReasoning('unsupported')).toBe(false);
  });
});

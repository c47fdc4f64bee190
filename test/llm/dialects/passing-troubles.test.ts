import { describe, expect, it } from 'vitest';
import { passes } from '../../../src/llm/dialects/passing-troubles.ts';

describe('trouble that passes', () => {
  it.each([408, 409, 423, 425, 429, 499, 500, 502, 503, 504, 529])('is any with status %i', (status) => {
    expect(passes({ status, said: 'No.' })).toBe(true);
  });

  it.each([400, 401, 404, 405, 413, 422, 501, 505])('is none with status %i in itself', (status) => {
    expect(passes({ status, said: 'No.' })).toBe(false);
  });

  it.each([
    'Model was unloaded while the request was still in queue.',
    'The model has crashed without additional information.',
    'Failed to load model "coder". Error: Operation canceled.',
    'No models loaded.',
    'model is currently loading',
    'Loading model',
    'The model is not loaded yet',
    'upstream command exited prematurely but successfully',
    'unable to start process: upstream command exited',
    'llama runner process has terminated: exit status 2',
    'model runner has unexpectedly stopped, this may be due to resource limitations',
    'Model is overloaded',
    'server busy, please try again. maximum pending requests exceeded',
    'The service is temporarily unavailable',
  ])('is with any status: %s', (said) => {
    expect(passes({ status: 400, said })).toBe(true);
    expect(passes({ status: 404, said })).toBe(true);
  });

  it.each(['model "coder" not found, try pulling it first', 'Invalid JSON', '"bge-m3" does not support chat', 'System role not supported'])(
    'is not: %s',
    (said) => {
      expect(passes({ status: 400, said })).toBe(false);
    },
  );
});

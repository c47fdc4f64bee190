import { describe, expect, it } from 'vitest';
import { findModelProfile, shippedModelProfiles } from '../../../src/llm/profile/model-profile.ts';

describe('findModelProfile', () => {
  it.each([
    ['tiny-team.gguf', 'tiny-team', { temperature: 0 }],
    ['unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:UD-Q4_K_XL', 'devstral', { temperature: 0.15 }],
    ['Mistral-Small-3.2-24B-Instruct-2506-Q4_K_M.gguf', 'mistral-small', { temperature: 0.15 }],
    ['Qwen2.5-Coder-14B-Instruct', 'qwen2\\.5-coder', { temperature: 0.7, topP: 0.8, topK: 20, repeatPenalty: 1.05 }],
    ['Qwen3-Coder-30B-A3B-Instruct', 'qwen3.*coder', { temperature: 0.7, topP: 0.8, minP: 0 }],
    ['Qwen3-14B', 'qwen3|qwq', { temperature: 0.6, topP: 0.95, minP: 0 }],
    ['DeepSeek-R1-Distill-Qwen-7B', 'deepseek-r1', { temperature: 0.6, topP: 0.95 }],
    ['DeepSeek-Coder-V2-Lite-Instruct', 'deepseek-coder-v2', { temperature: 0.3, topP: 0.95 }],
    ['deepseek-coder-6.7b-instruct', 'deepseek-coder', { temperature: 0 }],
    ['gemma-3-12b-it-Q4_K_M.gguf', 'gemma-?3', { temperature: 1, topP: 0.95, minP: 0 }],
    ['Meta-Llama-3.1-8B-Instruct', 'llama-?3', { temperature: 0.6, topP: 0.9 }],
    ['Phi-4-reasoning-plus', 'phi-?4.*reasoning', { temperature: 0.8, topP: 0.95 }],
    ['gpt-oss-20b', 'gpt-oss', { temperature: 1, topP: 1 }],
    ['codestral-22b', 'codestral', { temperature: 0.2 }],
    ['granite-4.0-h-small', 'granite', { temperature: 0 }],
  ])('knows %s', (name, match, sampling) => {
    expect(findModelProfile(name)).toMatchObject({ match, sampling });
    expect(findModelProfile(name).sampling).toEqual(sampling);
  });

  it('gives a model that nobody knows full instructions, little freedom for code and some for prose', () => {
    expect(findModelProfile('something-new')).toEqual({
      match: '',
      modelClass: 'large',
      because: 'its name states no size',
      instructions: 'full',
      layout: 'transcript',
      attempts: 1,
      edits: 'blocks',
      calls: 'text',
      reasoning: 'leave_out',
      sampling: {},
      files: { sampling: { temperature: 0.2 } },
      text: { sampling: { temperature: 0.7 } },
    });
  });

  it('takes the sampling of files and text from a profile, over that for all steps', () => {
    const own = { match: 'mine', temperature: 0.5, files: { temperature: 0.1, max_tokens: 9 }, text: { stop: ['END'] } };
    expect(findModelProfile('mine', [{ ...own, reasoning: 'keep' }])).toMatchObject({
      reasoning: 'keep',
      sampling: { temperature: 0.5 },
      files: { sampling: { temperature: 0.1 }, maxTokens: 9 },
      text: { sampling: { stop: ['END'] } },
    });
  });

  it('has no temperature of its own for a step where a profile names one for all', () => {
    expect(findModelProfile('mine', [{ match: 'mine', temperature: 0.5 }])).toMatchObject({
      files: { sampling: {} },
      text: { sampling: {} },
    });
  });

  it('never lets the demonstration model write more than 700 tokens', () => {
    expect(findModelProfile('/models/tiny-team.gguf')).toMatchObject({
      match: 'tiny-team',
      instructions: 'brief',
      sampling: { temperature: 0 },
      maxTokens: 700,
    });
  });

  it.each([
    ['/srv/llama3/phi-x.gguf', ''],
    ['C:\\models\\gemma-3\\other.gguf', ''],
    ['devstral-fans/unknown', ''],
    ['models/devstral/', 'devstral'],
    ['', ''],
  ])('is not misled by the folders or the publisher of %j', (name, match) => {
    expect(findModelProfile(name).match).toBe(match);
  });

  it.each([
    ['gemma-3-1b-it', 'plain'],
    ['qwen3:0.6b', 'plain'],
    ['Qwen2.5-Coder-0.5B-Instruct', 'plain'],
    ['qwen2.5-coder-1.5b-instruct-q8_0.gguf', 'plain'],
    ['Llama-3.2-3B-Instruct', 'plain'],
    ['gemma-3-270m-it', 'plain'],
    ['gemma-3n-E2B-it', 'plain'],
    ['SmolLM2-135M-Instruct', 'plain'],
    ['gemma-3n-E4B-it', 'full'],
    ['Qwen3-4B', 'full'],
    ['Qwen3-30B-A3B', 'full'],
    ['Qwen3-Coder-480B-A35B', 'full'],
    ['OLMoE-1B-7B-0924', 'full'],
    ['Mixtral-8x7B-Instruct', 'full'],
    ['Qwen2.5-14B-Instruct-1M', 'full'],
    ['Meta-Llama-3.1-8B-Instruct.Q3_K_M.gguf', 'full'],
  ])('reads from the name that %s needs %s instructions', (name, instructions) => {
    expect(findModelProfile(name).instructions).toBe(instructions);
  });

  it.each([
    ['Qwen3-14B', 'blocks'],
    ['something-new', 'blocks'],
    ['Qwen3-Coder-30B-A3B-Instruct', 'whole'],
    ['Meta-Llama-3.1-8B-Instruct', 'whole'],
    ['gemma-3-1b-it', 'whole'],
  ])('has %s change long files by giving %s', (name, edits) => {
    expect(findModelProfile(name).edits).toBe(edits);
    expect(findModelProfile(name, [{ match: '.', edits: 'whole' }]).edits).toBe('whole');
    expect(findModelProfile(name, [], { edits: 'blocks' }).edits).toBe('blocks');
  });

  it("asks the user's own profiles first, in their order", () => {
    const own = [
      { match: 'devstral.*2512', temperature: 0.9 },
      { match: 'devstral', temperature: 0.1 },
    ];
    expect(findModelProfile('Devstral-Small-2512', own)).toMatchObject({ match: 'devstral.*2512', sampling: { temperature: 0.9 } });
    expect(findModelProfile('Devstral-Small-2507', own)).toMatchObject({ match: 'devstral', sampling: { temperature: 0.1 } });
    expect(findModelProfile('codestral', own).match).toBe('codestral');
  });

  it("leaves to the shipped profile what the user's own does not say", () => {
    expect(findModelProfile('gemma-3-12b', [{ match: 'gemma', max_tokens: 900, seed: 7, temperature: undefined }])).toMatchObject({
      match: 'gemma',
      instructions: 'full',
      sampling: { temperature: 1, topP: 0.95, minP: 0, seed: 7 },
      maxTokens: 900,
    });
    expect(findModelProfile('tiny-team', [{ match: 'team', instructions: 'full' }])).toMatchObject({
      instructions: 'full',
      maxTokens: 700,
    });
    expect(findModelProfile('mine-1b', [{ match: 'mine', top_p: 0.5, min_p: 0.1 }])).toMatchObject({
      match: 'mine',
      modelClass: 'small',
      instructions: 'plain',
      layout: 'contract',
      sampling: { topP: 0.5, minP: 0.1 },
      text: { sampling: { temperature: 0.7 } },
    });
  });
});

describe('the shipped profiles', () => {
  it('can each be reached: none stands behind one that matches everything it matches', () => {
    const names: Record<string, string> = {
      'qwen2\\.5-coder': 'qwen2.5-coder-7b',
      'qwen2\\.5': 'qwen2.5-7b',
      'qwen3.*coder': 'qwen3-coder',
      'qwen3.*instruct': 'qwen3-4b-instruct',
      'qwen3|qwq': 'qwq-32b',
      'gemma-?3': 'gemma-3-4b',
      'llama-?3': 'llama-3.3',
      'phi-?4.*reasoning': 'phi-4-reasoning',
    };
    for (const { match } of shippedModelProfiles()) expect(findModelProfile(names[match] ?? match).match).toBe(match);
  });
});

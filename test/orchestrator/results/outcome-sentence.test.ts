import { expect, it } from 'vitest';
import { outcomeSentence } from '../../../src/orchestrator/results/outcome-sentence.ts';

const finding = { file: '', line: 0, severity: 'major', text: 'It fails.' };
const outputsOf = (verdict: string, findings: object[]) => ({ verdict, json: { verdict, findings } });

it.each([
  ['a verdict', { outputs: outputsOf('approved', []) }, 'model', 'the verdict is approved'],
  ['a verdict with a finding', { outputs: outputsOf('needs_work', [finding]) }, 'model', 'the verdict is needs work, one finding'],
  ['a verdict with findings', { outputs: outputsOf('needs_work', [finding, finding]) }, 'model', 'the verdict is needs work, 2 findings'],
  ['why a step that asks no model is done', { because: 'the time had come' }, 'no_model', 'the time had come'],
  ['nothing of a step that asks a model: what it wrote says it', { because: 'The tests are right.' }, 'model', undefined],
] as const)('tells %s', (_, completed, asks, sentence) => {
  expect(outcomeSentence(completed, asks)).toBe(sentence);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunawayDetector } from '../../../../src/llm/reply/runaway/runaway-detector.ts';
import { legitimateTexts } from './legitimate-texts.ts';
import { runawayTexts, type RunawayText } from './runaway-texts.ts';

const repository = join(import.meta.dirname, '../../../..');

function runaway({ beginning, piece, tokens }: RunawayText): string {
  let text = beginning;
  for (let n = 0; text.length < beginning.length + tokens * 4; n += 1) text += piece(n);
  return text;
}

describe('a text that has run away', () => {
  it.each(Object.entries(runawayTexts))('is noticed in time, and cut back to where it began: %s', (_, one) => {
    const found = new RunawayDetector().feed(runaway(one));
    expect(found).toBeDefined();
    const kept = (found?.at ?? 0) - one.beginning.length;
    expect(kept, 'what stood before it stays').toBeGreaterThanOrEqual(0);
    expect(kept, 'of the repetition a little stays').toBeLessThan(600);
  });

  it('is told as what it is', () => {
    const whyOf = (name: string) => new RunawayDetector().feed(runaway(runawayTexts[name] as RunawayText))?.why;
    expect(whyOf('a line')).toBe('same');
    expect(whyOf('examples that count')).toBe('counting');
  });

  it('keeps two items of a list that counts, whole', () => {
    const { beginning, piece } = runawayTexts['examples that count'] as RunawayText;
    const text = beginning + Array.from({ length: 50 }, (_, n) => piece(n)).join('');
    expect(text.slice(0, new RunawayDetector().feed(text)?.at)).toBe(beginning + piece(0) + piece(1));
  });

  it('is noticed at the same place however small its pieces are', () => {
    const texts = fc.constantFrom(...Object.values(runawayTexts).map(runaway), ...Object.values(legitimateTexts));
    const rule = fc.property(texts, fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 }), (text, sizes) => {
      const pieces = new RunawayDetector();
      for (let at = 0, turn = 0; at < text.length; turn += 1) {
        const size = sizes[turn % sizes.length] as number;
        pieces.feed(text.slice(at, at + size));
        at += size;
      }
      expect(pieces.found).toEqual(new RunawayDetector().feed(text));
    });
    fc.assert(rule, { numRuns: 60 });
  });

  it('is noticed whatever block is said over and over, and whatever was said before', () => {
    const block = fc
      .string({ minLength: 1, maxLength: 900, unit: 'grapheme-ascii' })
      .filter((text) => /\w/.test(text) && !/[`~<|]/.test(text));
    const rule = fc.property(
      fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/[`~]/.test(text)),
      block,
      (before, one) => {
        const found = new RunawayDetector().feed(before + one.repeat(Math.max(8, Math.ceil(2600 / one.length))));
        expect(found).toBeDefined();
        expect(found?.at ?? Infinity).toBeLessThanOrEqual(before.length + 2 * one.length + 512);
      },
    );
    fc.assert(rule, { numRuns: 50 });
  });
});

describe('a text that only looks alike from line to line', () => {
  it.each(Object.entries(legitimateTexts))('is left alone: %s', (_, text) => {
    expect(new RunawayDetector().feed(text)).toBeUndefined();
  });

  it.each(['src', 'test', 'docs', 'scripts'])('is left alone: every file of this repository under %s', (folder) => {
    const found: string[] = [];
    for (const entry of readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })) {
      const extension = /\.(ts|md|py|ya?ml|json|sh|css|html)$/.exec(entry.name)?.[1];
      if (!entry.isFile() || extension === undefined) continue;
      const path = join(entry.parentPath, entry.name);
      const content = readFileSync(path, 'utf8');
      if (content.length > 200_000) continue;
      if (new RunawayDetector().feed(extension === 'md' ? content : `\`\`\`${extension}\n${content}\n\`\`\`\n`)) found.push(path);
    }
    expect(found).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { CodeFindingKind } from '../../../src/files/findings/code-finding.ts';
import { scoreFindings } from '../../../src/files/findings/score-findings.ts';

const score = (...kinds: CodeFindingKind[]): number => scoreFindings(kinds.map((kind) => ({ kind })));

describe('scoreFindings', () => {
  it('prefers what has no findings, and fewer of one kind', () => {
    expect(score()).toBe(0);
    expect(score('undefined_name')).toBeLessThan(score('undefined_name', 'undefined_name'));
  });

  it.each([
    ['third_party_import', 'undefined_name'],
    ['undefined_name', 'placeholder'],
    ['placeholder', 'no_entry'],
    ['no_entry', 'missing_module'],
    ['missing_module', 'demanded_name_missing'],
  ] as const)('takes %s for less than %s', (less, more) => {
    expect(score(less)).toBeLessThan(score(more));
  });
});

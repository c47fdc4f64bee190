import { describe, expect, it } from 'vitest';
import { criteriaForm, verdictOfForm } from '../../../src/orchestrator/verdicts/criteria-form.ts';
import { settleVerdict } from '../../../src/orchestrator/verdicts/settle-verdict.ts';
import { findingLine, type VerdictFinding, verdictOf } from '../../../src/orchestrator/verdict.ts';

const finding = (options: Partial<VerdictFinding> = {}): VerdictFinding => ({
  file: 'a.py',
  line: 3,
  severity: 'major',
  text: 'It fails.',
  ...options,
});
const grounds = { files: ['a.py'], failing: [] };

describe('the verdict that counts', () => {
  it.each([
    ['approved without findings', 'approved', [], 'approved'],
    ['approved with what could be nicer', 'approved', [finding({ severity: 'minor' })], 'approved'],
    ['approved with what is major: the finding counts', 'approved', [finding()], 'needs_work'],
    ['needs work', 'needs_work', [finding()], 'needs_work'],
    ['needs work for what could be nicer', 'needs_work', [finding({ severity: 'minor' })], 'needs_work'],
  ] as const)('%s', (_, verdict, findings, expected) => {
    expect(settleVerdict({ verdict, findings: [...findings] }, grounds)).toEqual({ verdict: expected, findings });
  });

  it('is never "approved" where what really ran fails, and says so', () => {
    const failing = ['1 of 3 tests failed.'];
    const { verdict, findings } = settleVerdict({ verdict: 'approved', findings: [] }, { ...grounds, failing });
    expect(verdict).toBe('needs_work');
    expect(findings).toEqual([
      { file: '', line: 0, severity: 'critical', text: 'Checks that were run fail, so the work cannot be approved: 1 of 3 tests failed.' },
    ]);
  });

  it('is never "approved" where a file does not parse, which is a finding', () => {
    const broken = [finding({ severity: 'critical', text: 'It does not parse as python: a bracket is missing.' })];
    expect(settleVerdict({ verdict: 'approved', findings: [] }, { ...grounds, broken })).toEqual({
      verdict: 'needs_work',
      findings: broken,
    });
  });

  it('names something, where the judge asks for more work and names nothing', () => {
    expect(settleVerdict({ verdict: 'needs_work', findings: [] }, grounds).findings).toEqual([
      { file: '', line: 0, severity: 'major', text: 'The judge asks for more work and does not say for what.' },
    ]);
  });

  it('has no more findings than a verdict may have, what really ran first, so that it can be read again', () => {
    const given = { verdict: 'needs_work' as const, findings: Array.from({ length: 20 }, () => finding()) };
    const json = settleVerdict(given, {
      ...grounds,
      failing: ['1 of 3 tests failed.'],
      broken: Array.from({ length: 30 }, () => finding()),
    });
    expect(json.findings).toHaveLength(20);
    expect(json.findings[0]?.text).toContain('1 of 3 tests failed.');
    expect(verdictOf({ verdict: json.verdict, json })).toEqual(json);
  });

  it('keeps a finding about a file that is not there as one about the whole, and shortens what nobody reads', () => {
    const given = [finding({ file: 'b.py' }), finding({ text: 'x'.repeat(600) })];
    const { findings } = settleVerdict({ verdict: 'needs_work', findings: given }, grounds);
    expect(findings[0]).toEqual(finding({ file: '', line: 0, text: 'b.py: It fails.' }));
    expect(findings[1]?.text).toHaveLength(500);
  });
});

describe('the form for small models', () => {
  const criteria = ['It starts.', 'It stops.'];
  const form = (first: 'yes' | 'no', reason = 'Seen.') =>
    criteriaForm(criteria).parse({ criterion_1: { reason, holds: first }, criterion_2: { reason: '', holds: 'yes' } });

  it('is approved where every criterion holds', () => {
    expect(verdictOfForm(criteria, form('yes'))).toEqual({ verdict: 'approved', findings: [] });
  });

  it('has a finding for each that does not, with the reason', () => {
    const { verdict, findings } = verdictOfForm(criteria, form('no', 'There is no main.'));
    expect([verdict, findings.map(({ text }) => text)]).toEqual(['needs_work', ['It starts.: There is no main.']]);
  });
});

it('reads a verdict from outputs, and nothing from what is none', () => {
  const json = { verdict: 'approved', findings: [] };
  expect(verdictOf({ verdict: 'approved', json })).toEqual(json);
  for (const outputs of [undefined, {}, { json }, { verdict: 'approved', json: 3 }, { verdict: 'needs_work', json }])
    expect(verdictOf(outputs)).toBeUndefined();
});

it.each([
  [finding(), 'major in a.py, line 3: It fails.'],
  [finding({ line: 0 }), 'major in a.py: It fails.'],
  [finding({ file: '', line: 0, text: 'It\n  fails.' }), 'major: It fails.'],
])('tells of %j in one line', (given, line) => {
  expect(findingLine(given)).toBe(line);
});

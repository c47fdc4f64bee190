import { z } from 'zod';
import type { Verdict } from '../verdict.ts';

/** A form in which a small model says of each criterion why it holds or not, and then whether it does: a verdict over all of them is worked out from that. */
export function criteriaForm(criteria: readonly string[]) {
  const answer = z.object({ reason: z.string().describe('what you see in the files'), holds: z.enum(['yes', 'no']) });
  return z.object(Object.fromEntries(criteria.map((_, index) => [nameOf(index), answer])));
}

/** The verdict that follows from a form that was filled in. */
export function verdictOfForm(criteria: readonly string[], form: z.infer<ReturnType<typeof criteriaForm>>): Verdict {
  const findings = criteria.flatMap((criterion, index): Verdict['findings'] => {
    const { reason = '', holds } = form[nameOf(index)] ?? {};
    if (holds === 'yes') return [];
    return [{ file: '', line: 0, severity: 'major', text: `${criterion}: ${reason.trim() === '' ? 'this does not hold' : reason.trim()}` }];
  });
  return { verdict: findings.length === 0 ? 'approved' : 'needs_work', findings };
}

function nameOf(index: number): string {
  return `criterion_${index + 1}`;
}

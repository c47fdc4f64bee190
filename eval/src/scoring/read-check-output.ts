import type { CheckOutcome } from './check-outcome.ts';

export interface EndedCheck {
  /** Null where a signal ended it. */
  code: number | null;
  output: string;
  errors: string;
}

/** What `check.py` says it ends with where a toolchain is missing. */
const skipped = 77;

/** The last line `passed/total` counts, where the lines before it agree. */
export function readCheckOutput({ code, output, errors }: EndedCheck): CheckOutcome {
  const lines = output.trimEnd().split('\n');
  const last = lines.at(-1) ?? '';
  if (code === skipped) return { kind: 'skipped', reason: last.slice(0, 300) || 'The check does not say why.' };
  const totals = /^(\d{1,4})\/(\d{1,4})$/.exec(last);
  if (code !== 0 || totals === null) {
    const said = errors.trimEnd().split('\n').at(-1) ?? '';
    return {
      kind: 'broken',
      reason: `It ended with ${code ?? 'a signal'}${totals === null ? ' and without totals' : ''}: ${said.slice(0, 300)}`,
    };
  }
  const [passed, total] = [Number(totals[1]), Number(totals[2])];
  const counted = lines.filter((line) => line.startsWith('ok ')).length;
  if (total === 0 || passed > total || counted !== passed) {
    return { kind: 'broken', reason: `It says ${passed} of ${total}, and ${counted} of its lines say "ok".` };
  }
  return { kind: 'scored', passed, total };
}

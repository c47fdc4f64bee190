import type { StepOptions } from '../step-kind.ts';
import type { RepairersOfRun } from './repair-work.ts';

/** A small model that is told its mistake repeats it (measured): for it several tries at each file do instead. */
export function repairersOf({ run, task }: StepOptions): RepairersOfRun {
  const { style, attempts } = run.modelOf(task);
  return {
    team: style.length === 'plain' ? 'does_not' : 'repairs',
    // The step itself is the first.
    attempts: attempts - 1,
    model: run.repairModel,
  };
}

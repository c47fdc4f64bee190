import type { StepOptions } from '../step-kind.ts';
import type { RepairersOfRun } from './repair-work.ts';

/** A small model that is told its mistake repeats it (measured): for it several tries do instead. */
export function repairersOf({ run, task }: StepOptions): RepairersOfRun {
  return { team: run.modelOf(task).style.length === 'plain' ? 'does_not' : 'repairs', model: run.repairModel };
}

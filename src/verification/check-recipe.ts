import type { CheckedProject } from './checked-project.ts';
import type { PlannedCheck } from './planned-check.ts';

/** How one kind of project is recognised by its files, and checked. */
export interface CheckRecipe {
  name: string;
  /** Empty where the files are none of its kind. */
  plan(project: CheckedProject): Promise<Omit<PlannedCheck, 'recipe'>[]>;
}

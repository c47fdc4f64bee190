/**
 * What a task sees of its run, always after the same beginning (system message, requirement, project files). `contract`: the run's current files. `material`:
 * these, and what colleagues wrote, in the user's message. `transcript`: earlier turns as turns. `per_role`: as `transcript`, with the role as the system
 * message.
 */
export type PromptLayout = 'contract' | 'material' | 'transcript' | 'per_role';

/** Whether the layout contains earlier turns as turns. */
export function showsTurns(layout: PromptLayout): boolean {
  return layout === 'transcript' || layout === 'per_role';
}

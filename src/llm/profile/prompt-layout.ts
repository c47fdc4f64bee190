/**
 * What a task is shown of its run, always behind the same beginning (system message, requirement, project files). `contract`: the run's files as they
 * stand now. `material`: these, and what colleagues wrote, in the user's message. `transcript`: earlier turns as turns. `per_role`: as `transcript`, with
 * the role as the system message.
 */
export type PromptLayout = 'contract' | 'material' | 'transcript' | 'per_role';

/** Whether earlier turns stand in it as turns. */
export function showsTurns(layout: PromptLayout): boolean {
  return layout === 'transcript' || layout === 'per_role';
}

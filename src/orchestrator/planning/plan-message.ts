import { asksWhatIsExpected, type PlanBounds } from './step-plan.ts';

/** What a planner is told: what to plan, of what, and what each part of a step means. */
export function planMessage(description: string, bounds: PlanBounds): string {
  const { kinds, roles, taskTypes, mostSteps } = bounds;
  const allowed = [`- role: ${roles.join(', ')}`];
  if (kinds.includes('agent')) allowed.push(`- task_type: ${taskTypes.join(', ')}`);
  if (asksWhatIsExpected(bounds)) allowed.push('- expects: files where the step writes files, else text');
  if (kinds.includes('check')) allowed.push('- kind check: the role judges by the criteria what the steps wrote that it depends on');
  return [
    description,
    `Plan the work as ${mostSteps === 1 ? 'one step' : `at most ${mostSteps} steps`}, as few as serve. Each is done by one role, which sees the requirement and what the steps before it wrote. What is allowed:\n\n${allowed.join('\n')}`,
    'Give each step a short id in snake_case, say in its description exactly what it is to do, and name in depends_on the ids of the steps whose results it needs.',
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

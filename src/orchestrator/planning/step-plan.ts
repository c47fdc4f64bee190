import { z } from 'zod';
import { graphProblems } from '../../workflows/graph-problems.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';

/** What a plan may be made of. */
export interface PlanBounds {
  kinds: readonly ('agent' | 'check')[];
  roles: readonly string[];
  taskTypes: readonly string[];
  mostSteps: number;
  /** What a step of a type gives, as the instructions for that type say; undefined: nobody says it, and the plan has to. */
  expectsOf: (taskType: string) => 'text' | 'files' | undefined;
}

/** Whether the plan has to say what its steps give: what is known is not asked, for small models get it wrong. */
export function asksWhatIsExpected({ kinds, taskTypes, expectsOf }: PlanBounds): boolean {
  return kinds.includes('agent') && taskTypes.some((type) => expectsOf(type) === undefined);
}

interface PlannedStep {
  id: string;
  kind?: 'agent' | 'check' | undefined;
  role: string;
  task_type?: string | undefined;
  description: string;
  depends_on: string[];
  expects?: 'text' | 'files' | undefined;
  criteria?: string[] | undefined;
}

/** The steps that a role proposes. */
export interface StepPlan {
  steps: PlannedStep[];
}

const identifier = /^[a-z][a-z0-9_]{0,39}$/;
const longestDescription = 1000;

/**
 * The shape of a plan within these bounds: what is not allowed has no place in it, so that a server which keeps to it cannot bring it about.
 * @param use `ask`: for who plans; `read`: for what was planned, in which `expects` may stand also where it is not asked.
 */
export function planSchema(bounds: PlanBounds, use: 'ask' | 'read'): z.ZodType<StepPlan> {
  const { kinds, roles, taskTypes, mostSteps } = bounds;
  const common = {
    id: z.string().regex(identifier).describe('a short name in snake_case'),
    role: z.enum(roles),
    description: z.string().describe('what this step is to do'),
    depends_on: z.array(z.string().describe('the id of a step before it')).max(mostSteps),
  };
  const expected = z.enum(['text', 'files']);
  const expects: Record<string, z.ZodType> = asksWhatIsExpected(bounds)
    ? { expects: expected }
    : use === 'read'
      ? { expects: expected.optional() }
      : {};
  const agent = { ...common, task_type: z.enum(taskTypes), ...expects };
  const check = { ...common, criteria: z.array(z.string().describe('what has to hold')).min(1).max(10) };
  const steps: Record<string, z.ZodType> = {
    agent: z.strictObject(agent),
    check: z.strictObject({ kind: z.literal('check'), ...check }),
    both: z.union([z.strictObject({ kind: z.literal('agent'), ...agent }), z.strictObject({ kind: z.literal('check'), ...check })]),
  };
  const step = steps[kinds.length > 1 ? 'both' : (kinds[0] ?? 'agent')] as z.ZodType<PlannedStep>;
  return z.strictObject({ steps: z.array(step).min(1).max(mostSteps) });
}

/** What is wrong with a plan of the right shape, a line each. */
export function planFaults({ steps }: StepPlan): string[] {
  const texts = steps.flatMap(({ description, criteria = [] }, index) =>
    [description, ...criteria].flatMap((text) => {
      if (text.trim() === '') return [`steps[${index}]: a description or criterion is empty`];
      if (text.length > longestDescription)
        return [`steps[${index}]: a description or criterion is longer than ${longestDescription} characters`];
      // Such a text would be filled, with whatever it names.
      return text.includes('{{') || /[^\P{Cc}\n\t]/u.test(text)
        ? [`steps[${index}]: a description or criterion holds "{{" or control characters`]
        : [];
    }),
  );
  return [...texts, ...graphProblems(steps).map(({ node, message }) => `steps[${node}]: ${message}`)];
}

/** The steps of a plan as those of a workflow. */
export function stepsOfPlan({ steps }: StepPlan, { expectsOf }: Pick<PlanBounds, 'expectsOf'>): WorkflowStep[] {
  return steps.map(({ kind = 'agent', ...step }) => {
    if ('criteria' in step) return { ...step, kind: 'check', priority: 1 };
    return { ...step, kind, priority: 1, expects: expectsOf(step.task_type ?? '') ?? step.expects ?? 'text' };
  });
}

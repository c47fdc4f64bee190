import type { InnerSteps } from '../../workflows/step-kind-declaration.ts';
import { placeName } from '../../workflows/shape-problems.ts';
import { valueAt } from '../../utils/parse-json.ts';
import { isAgentStep, optionsOfStep, type WorkflowDefinition, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import { inGraphOrder } from '../../workflows/graph-order.ts';
import { printableLine, shorten } from '../../utils/printable.ts';

/** A step as it is drawn. Its texts are safe to print, on one line each. */
export interface DrawnStep {
  id: string;
  /** What it is: who does it, or its kind with its short options. */
  about: string;
  /** Ids of steps beside it. */
  dependsOn: string[];
  /** The lists of steps that it holds, with the key that each stands under. */
  inner: { name: string; steps: DrawnStep[] }[];
}

export interface DrawOptions {
  /** The title of a role. */
  titleOf: (role: string) => string | undefined;
  /** The lists of steps within a step. */
  innerOf: (step: WorkflowStep) => Pick<InnerSteps, 'path' | 'steps'>[];
}

/** Longer texts would make a graph too wide to read. */
const longest = 70;

/** The steps of a definition in the order in which a run numbers them. */
export function drawnSteps(steps: WorkflowDefinition['steps'], options: DrawOptions): DrawnStep[] {
  return inGraphOrder(steps).map((step) => ({
    id: step.id,
    about: shorten(printableLine(aboutStep(step, options)), longest),
    dependsOn: step.depends_on.filter((id) => steps.some((other) => other.id === id)),
    inner: options.innerOf(step).map(({ path, steps: inner }) => ({
      name: shorten(printableLine(nameOfList(step, path)), longest),
      steps: drawnSteps(inner as WorkflowStep[], options),
    })),
  }));
}

/** The keys that lead to a list, and the condition that stands beside it. */
function nameOfList(step: WorkflowStep, path: InnerSteps['path']): string {
  const beside = valueAt(step, path.slice(0, -1));
  const condition =
    typeof beside === 'object' && beside !== null && 'when' in beside && beside !== step ? `: when ${String(beside.when)}` : '';
  return `${placeName(path).replace(/: $/, '')}${condition}`;
}

function aboutStep(step: WorkflowStep, { titleOf }: DrawOptions): string {
  const condition = typeof step['when'] === 'string' ? [`when ${step['when']}`] : [];
  if (isAgentStep(step)) {
    const expects = typeof step.expects === 'string' ? step.expects : 'data';
    return [titleOf(step.role) ?? step.role, expects, ...condition].join(', ');
  }
  // A role stands for who does it; other short options say what the kind is told.
  const { role, ...options } = optionsOfStep(step);
  const who = typeof role === 'string' ? [titleOf(role) ?? role] : [];
  const told = Object.entries(options).flatMap(([key, value]) =>
    key === 'when' || !['string', 'number', 'boolean'].includes(typeof value) ? [] : [`${key} ${String(value)}`],
  );
  return [step.kind, ...who, ...told, ...condition].join(', ');
}

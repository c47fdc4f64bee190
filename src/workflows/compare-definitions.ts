import { isDeepStrictEqual } from 'node:util';
import { inGraphOrder } from './graph-order.ts';

/** One difference between two definitions. `step` is the path of ids to a step, such as `review_rounds/review`; absent: it is about the workflow itself. */
export type DefinitionChange =
  | { change: 'added' | 'removed'; step: string; kind: string }
  /** `key` leads into the step, such as `cases[0].when`. A value that is absent on one side is undefined. */
  | { change: 'changed'; step?: string | undefined; key: string; before: unknown; after: unknown }
  /** The same steps, in another order: their numbers change, and which of those that are ready begins first. */
  | { change: 'reordered'; step?: string | undefined; before: string[]; after: string[] };

type Values = Readonly<Record<string, unknown>>;
/** Anything with an id counts as a step, wherever it stands: what holds steps is up to its kind. */
type Step = Values & { id: string };

/** What differs in meaning between two definitions whose defaults are filled in: not the order of keys, not that of dependencies. */
export function compareDefinitions(before: object, after: object): DefinitionChange[] {
  // A definition that says no version means the first one, whether it came from a file or not.
  return compareKeys({ version: 1, ...before }, { version: 1, ...after }, { step: undefined, within: '' });
}

interface Place {
  step: string | undefined;
  /** The path of keys within it. */
  within: string;
}

function compareKeys(before: Values, after: Values, { step, within }: Place): DefinitionChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => compareValues(before[key], after[key], { step, within: within === '' ? key : `${within}.${key}` }));
}

function compareValues(before: unknown, after: unknown, place: Place): DefinitionChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isSteps(before) && isSteps(after)) return compareSteps(before, after, place.step);
  if (isRecord(before) && isRecord(after)) return compareKeys(before, after, place);
  if (place.within === 'depends_on' && isDeepStrictEqual(new Set(before as unknown[]), new Set(after as unknown[]))) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && [...before, ...after].every(isRecord))
    return before.flatMap((item, index) => compareValues(item, after[index], { ...place, within: `${place.within}[${index}]` }));
  return [{ change: 'changed', step: place.step, key: place.within, before, after }];
}

function compareSteps(before: Step[], after: Step[], around: string | undefined): DefinitionChange[] {
  const pathOf = ({ id }: Step) => (around === undefined ? id : `${around}/${id}`);
  const told =
    (change: 'added' | 'removed') =>
    (step: Step): DefinitionChange => ({ change, step: pathOf(step), kind: String(step['kind']) });
  const earlier = new Map(before.map((step) => [step.id, step]));
  const later = new Map(after.map((step) => [step.id, step]));
  const changes = before.flatMap((step) => {
    const now = later.get(step.id);
    return now === undefined ? told('removed')(step) : compareKeys(step, now, { step: pathOf(step), within: '' });
  });
  const added = after.filter(({ id }) => !earlier.has(id)).map(told('added'));
  const orders = [ordered(before, later), ordered(after, earlier)] as const;
  const reordered: DefinitionChange[] = isDeepStrictEqual(...orders)
    ? []
    : [{ change: 'reordered', step: around, before: orders[0], after: orders[1] }];
  return [...changes, ...added, ...reordered];
}

/** The ids that both sides have, in the order in which a run numbers its steps. */
function ordered(steps: Step[], others: ReadonlyMap<string, Step>): string[] {
  const nodes = steps.map(({ id, depends_on: needs }) => ({ id, depends_on: Array.isArray(needs) ? needs.map(String) : [] }));
  return inGraphOrder(nodes).flatMap(({ id }) => (others.has(id) ? [id] : []));
}

function isSteps(value: unknown): value is Step[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isRecord(item) && typeof item['id'] === 'string');
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

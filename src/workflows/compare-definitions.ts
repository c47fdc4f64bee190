import { isDeepStrictEqual } from 'node:util';
import { inGraphOrder } from './graph-order.ts';
import { inWords } from './step-kind-declaration.ts';

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

/** The description that a step has where it says none itself; undefined: it has none then. */
type Describe = (step: Values) => string | undefined;

/**
 * What differs in meaning between two definitions whose defaults are filled in: not the order of keys, not that of dependencies, and no title or description that
 * only repeats what differs itself.
 */
export function compareDefinitions(before: object, after: object, describe: Describe = () => undefined): DefinitionChange[] {
  // A definition that says no version means the first one, whether it came from a file or not.
  const sides: Sides = [
    { version: 1, ...before },
    { version: 1, ...after },
  ];
  const titled = withoutBoth(sides, 'title', ({ name }) => inWords(String(name)));
  return compareKeys(...withoutBoth(titled, 'description', ({ title, name }) => title ?? inWords(String(name))), {
    step: undefined,
    within: '',
    describe,
  });
}

type Sides = [before: Values, after: Values];

/** Both sides without a key where neither says more by it than that it follows from the rest. */
function withoutBoth(sides: Sides, key: string, follows: (side: Values) => unknown): Sides {
  if (!sides.every((side) => side[key] === follows(side))) return sides;
  const without = (side: Values): Values => Object.fromEntries(Object.entries(side).filter(([name]) => name !== key));
  return [without(sides[0]), without(sides[1])];
}

interface Place {
  step: string | undefined;
  describe: Describe;
  /** The path of keys within it. */
  within: string;
}

function compareKeys(before: Values, after: Values, { within, ...place }: Place): DefinitionChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => compareValues(before[key], after[key], { ...place, within: within === '' ? key : `${within}.${key}` }));
}

function compareValues(before: unknown, after: unknown, place: Place): DefinitionChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isSteps(before) && isSteps(after)) return compareSteps(before, after, place);
  if (isRecord(before) && isRecord(after)) return compareKeys(before, after, place);
  if (place.within === 'depends_on' && isDeepStrictEqual(new Set(before as unknown[]), new Set(after as unknown[]))) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && [...before, ...after].every(isRecord))
    return before.flatMap((item, index) => compareValues(item, after[index], { ...place, within: `${place.within}[${index}]` }));
  return [{ change: 'changed', step: place.step, key: place.within, before, after }];
}

function compareSteps(before: Step[], after: Step[], { step: around, describe }: Place): DefinitionChange[] {
  const pathOf = ({ id }: Step) => (around === undefined ? id : `${around}/${id}`);
  const told =
    (change: 'added' | 'removed') =>
    (step: Step): DefinitionChange => ({ change, step: pathOf(step), kind: String(step['kind']) });
  const earlier = new Map(before.map((step) => [step.id, step]));
  const later = new Map(after.map((step) => [step.id, step]));
  const changes = before.flatMap((step) => {
    const now = later.get(step.id);
    if (now === undefined) return told('removed')(step);
    return compareKeys(...withoutBoth([step, now], 'description', describe), { step: pathOf(step), within: '', describe });
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

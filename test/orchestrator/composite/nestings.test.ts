import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { teamThatTells, told } from '../step-kinds/tell-step.ts';

/** What a step is made from; its id follows from its place. */
type Node = { before: number[]; when: Condition } & (
  | { kind: 'tell'; ends: 'well' | 'badly' }
  | { kind: 'loop'; until: number; most: number; onLimit: 'complete' | 'fail'; steps: Node[] }
  | { kind: 'switch'; cases: { when: Condition; steps: Node[] }[]; others: Node[] | undefined }
  | { kind: 'for_each'; items: number; parallel: number; steps: Node[] }
);
/** `first`, `later`: of the innermost loop or list that a step stands in; where it stands in none, they hold and do not. */
type Condition = 'always' | 'never' | 'first' | 'later';

type Around = 'iteration' | 'index' | undefined;
interface Names {
  around: Around;
  value: number;
}

const condition = fc.constantFrom<Condition>('always', 'always', 'always', 'never', 'first', 'later');
const base = { before: fc.uniqueArray(fc.nat(3), { maxLength: 2 }), when: condition };
const tell: fc.Arbitrary<Node> = fc.record({
  ...base,
  kind: fc.constant('tell'),
  ends: fc.constantFrom('well', 'well', 'well', 'well', 'badly'),
});

function nodes(depth: number): fc.Arbitrary<Node[]> {
  const node = depth === 0 ? tell : fc.oneof(tell, composite(depth));
  return fc.array(node, { minLength: 1, maxLength: 3 });
}

function composite(depth: number): fc.Arbitrary<Node> {
  const steps = nodes(depth - 1);
  return fc.oneof(
    fc.record({
      ...base,
      kind: fc.constant('loop'),
      until: fc.integer({ min: 1, max: 4 }),
      most: fc.integer({ min: 1, max: 3 }),
      onLimit: fc.constantFrom('complete', 'fail'),
      steps,
    }),
    fc.record({
      ...base,
      kind: fc.constant('switch'),
      cases: fc.array(fc.record({ when: condition, steps }), { minLength: 1, maxLength: 2 }),
      others: fc.option(steps, { nil: undefined }),
    }),
    fc.record({ ...base, kind: fc.constant('for_each'), items: fc.nat(3), parallel: fc.integer({ min: 1, max: 3 }), steps }),
  );
}

const text = (when: Condition, around: Around): string => {
  if (when === 'always' || when === 'never') return String(when === 'always');
  if (around === undefined) return String(when === 'first');
  const first = around === 'iteration' ? 1 : 0;
  return when === 'first' ? `${around} == ${first}` : `${around} > ${first}`;
};
const holds = (when: Condition, { around, value }: Names): boolean => {
  if (when === 'always' || when === 'never') return when === 'always';
  const isFirst = around === undefined || value === (around === 'iteration' ? 1 : 0);
  return when === 'first' ? isFirst : !isFirst;
};

/** The ids of a list, the same for the definition and for the evaluator: `s1`, `s1_2`, … */
const idOf = (list: string, place: number) => `${list}_${place + 1}`;
const needs = ({ before }: Node, place: number) => before.filter((other) => other < place);

function definition(list: string, all: Node[], around: Around): object[] {
  return all.map((node, place) => {
    const id = idOf(list, place);
    const common = { when: text(node.when, around), depends_on: needs(node, place).map((other) => idOf(list, other)) };
    if (node.kind === 'tell') return told(id, { ...common, ends: node.ends });
    const step = { id, description: `Do ${id}.`, kind: node.kind, ...common };
    switch (node.kind) {
      case 'loop': {
        const { until, most, onLimit, steps } = node;
        return {
          ...step,
          until: `iteration >= ${until}`,
          max_iterations: most,
          on_limit: onLimit,
          steps: definition(id, steps, 'iteration'),
        };
      }
      case 'for_each': {
        const items = Array.from({ length: node.items }, (_, index) => index);
        return { ...step, in: JSON.stringify(items), parallel: node.parallel, steps: definition(id, node.steps, 'index') };
      }
      default: {
        const cases = node.cases.map(({ when, steps }, index) => ({
          when: text(when, around),
          steps: definition(`${id}_c${index}`, steps, around),
        }));
        return { ...step, cases, ...(node.others === undefined ? {} : { default: definition(`${id}_d`, node.others, around) }) };
      }
    }
  });
}

type End = 'completed' | 'failed' | 'left_out' | 'lost';

/** What becomes of a list of steps, worked out without any of the program: by the words of the documentation alone. */
function evaluate(path: string, list: string, all: Node[], names: Names, told_: Map<string, End>): End[] {
  const ends: End[] = [];
  for (const [place, node] of all.entries()) {
    const task = `${path}${idOf(list, place)}`;
    const isLost = needs(node, place).some((other) => ends[other] === 'failed' || ends[other] === 'lost');
    const end = isLost ? 'lost' : holds(node.when, names) ? endOf(node, task, idOf(list, place), names, told_) : 'left_out';
    ends.push(end);
    told_.set(task, end);
  }
  return ends;
}

const isWell = (ends: End[]) => ends.every((end) => end === 'completed' || end === 'left_out');

function endOf(node: Node, task: string, id: string, names: Names, told_: Map<string, End>): End {
  switch (node.kind) {
    case 'tell':
      return node.ends === 'well' ? 'completed' : 'failed';
    case 'loop':
      for (let value = 1; value <= node.most; value += 1) {
        if (!isWell(evaluate(`${task}/${value}/`, id, node.steps, { around: 'iteration', value }, told_))) return 'failed';
        if (value >= node.until) return 'completed';
      }
      return node.onLimit === 'complete' ? 'completed' : 'failed';
    case 'for_each': {
      const ends = Array.from({ length: node.items }, (_, value) =>
        isWell(evaluate(`${task}/${value + 1}/`, id, node.steps, { around: 'index', value }, told_)),
      );
      return ends.every(Boolean) ? 'completed' : 'failed';
    }
    default: {
      const place = node.cases.findIndex(({ when }) => holds(when, names));
      const steps = place < 0 ? node.others : node.cases[place]?.steps;
      if (steps === undefined) return 'completed';
      const [number, list] = place < 0 ? [node.cases.length + 1, `${id}_d`] : [place + 1, `${id}_c${place}`];
      return isWell(evaluate(`${task}/${number}/`, list, steps, names, told_)) ? 'completed' : 'failed';
    }
  }
}

it('any nesting of loops, cases and lists ends, with the status of every task that the words of the documentation predict', async () => {
  const { runSteps } = await teamThatTells();
  await fc.assert(
    fc.asyncProperty(nodes(2), async (all) => {
      const expected = new Map<string, End>();
      evaluate('', 's', all, { around: undefined, value: 0 }, expected);
      const { tasks, result } = await runSteps(definition('s', all, undefined));
      const ends = [...tasks].map(([name, { status, skipped }]): [string, string] => [
        name,
        status === 'skipped' ? (skipped?.reason === 'condition' ? 'left_out' : 'lost') : status,
      ]);
      expect(Object.fromEntries(ends)).toEqual(Object.fromEntries(expected));
      expect(result.status).toBe([...expected.values()].includes('failed') ? 'failed' : 'completed');
    }),
    { numRuns: 40 },
  );
});

import { type Arbitrary, array, assert, asyncProperty, boolean, constantFrom, integer, nat, record } from 'fast-check';
import { expect, it } from 'vitest';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';
import { tellKind } from './tell-kind.ts';

/** A condition over an earlier step, as it is written and as somebody else works it out. */
interface Condition {
  about: number;
  text: (id: string) => string;
  holds: (step: Outcome) => boolean;
}

interface Outcome {
  status: 'completed' | 'failed' | 'skipped';
  verdict: string;
  count: number | undefined;
}

interface Step {
  fails: boolean;
  verdict: string;
  count: number;
  dependencies: number[];
  condition: Condition | undefined;
  negated: boolean;
}

const conditions: Omit<Condition, 'about'>[] = [
  { text: (id) => `steps.${id}.status == 'completed'`, holds: ({ status }) => status === 'completed' },
  { text: (id) => `steps.${id}.status in ['skipped', 'failed']`, holds: ({ status }) => status !== 'completed' },
  { text: (id) => `steps.${id}.verdict == 'approved'`, holds: ({ verdict }) => verdict === 'approved' },
  {
    text: (id) => `has(steps.${id}.outputs.count) && steps.${id}.outputs.count > 2`,
    holds: ({ count }) => count !== undefined && count > 2,
  },
  { text: (id) => `steps.${id}.outputs.doubled == 4 || steps.${id}.json != null`, holds: ({ count }) => count === 2 },
];

const step = record({
  fails: nat(9).map((one) => one === 0),
  verdict: constantFrom('approved', 'needs_work'),
  count: integer({ min: 0, max: 5 }),
  dependencies: array(nat(20), { maxLength: 3 }),
  condition: record({ form: nat(conditions.length * 2), about: nat(20) }),
  negated: boolean(),
});

type Drawn = typeof step extends Arbitrary<infer Value> ? Value : never;

/** Only earlier steps are named, and a condition names one that its step depends on: whether others have run is a matter of time. */
function stepsOf(drawn: readonly Drawn[]): Step[] {
  return drawn.map(({ dependencies, condition: { form, about }, ...one }, place) => {
    const earlier = place === 0 ? [] : [...new Set(dependencies.map((other) => other % place))];
    const chosen = conditions[form];
    const named = earlier[about % Math.max(1, earlier.length)];
    return {
      ...one,
      dependencies: earlier,
      condition: chosen === undefined || named === undefined ? undefined : { ...chosen, about: named },
    };
  });
}

/** What the statuses have to be, without our code. */
function predicted(steps: readonly Step[]): Outcome[] {
  const done: Outcome[] = [];
  for (const { fails, verdict, count, dependencies, condition, negated } of steps) {
    const nothing: Outcome = { status: 'skipped', verdict: '', count: undefined };
    const lost = dependencies.some((other) => done[other]!.status === 'failed' || lostOnes.has(done[other]!));
    if (lost) lostOnes.add(nothing);
    const isLeftOut = condition !== undefined && condition.holds(done[condition.about]!) === negated;
    if (lost || isLeftOut) done.push(nothing);
    else done.push(fails ? { status: 'failed', verdict: '', count: undefined } : { status: 'completed', verdict, count });
  }
  return done;
}
/** Those that were skipped because something before them failed: what depends on them is skipped, too. */
const lostOnes = new Set<Outcome>();

const idOf = (place: number) => `step_${place}`;

async function statusesOf(steps: readonly Step[], stopAfter: number | undefined): Promise<string[]> {
  const stop = new AbortController();
  let count = 0;
  const onEvent = ({ type }: JournalEvent) => {
    if (type.startsWith('task.') && (count += 1) === stopAfter) stop.abort(new Error('stopped'));
  };
  const { engine, orchestrator } = await teamOnFake({ orchestrator: { onEvent } });
  orchestrator.registerStepKind(tellKind);
  engine.registerWorkflow({
    version: 1,
    name: 'house',
    steps: steps.map(({ fails, verdict, count: number, dependencies, condition, negated }, place) => {
      const text = condition?.text(idOf(condition.about));
      return {
        id: idOf(place),
        kind: 'tell',
        description: 'Tell.',
        ends: fails ? 'badly' : 'well',
        outputs_are: { verdict, count: number },
        outputs: { doubled: `steps.${idOf(place)}.outputs.count * 2` },
        depends_on: dependencies.map(idOf),
        ...(text === undefined ? {} : { when: negated ? `!(${text})` : text }),
      };
    }),
  });
  const result = await engine.executeWorkflow('house', 'Build it.', {}, { signal: stop.signal });
  const id = result.workflow_id;
  if (result.status === 'interrupted') await orchestrator.resumeRun(id);
  const { tasks } = await orchestrator.loadRun(id);
  return steps.map((_, place) => tasks.get(idOf(place))!.status);
}

it(
  'random workflows end with the statuses that somebody else predicts, also where they were stopped anywhere and resumed',
  { timeout: 120_000 },
  async () => {
    await assert(
      asyncProperty(array(step, { minLength: 1, maxLength: 10 }), integer({ min: 1, max: 24 }), async (drawn, stopAfter) => {
        const steps = stepsOf(drawn);
        const expected = predicted(steps).map(({ status }) => status);
        expect(await statusesOf(steps, undefined)).toEqual(expected);
        expect(await statusesOf(steps, stopAfter)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  },
);

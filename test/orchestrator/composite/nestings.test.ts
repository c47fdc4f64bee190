import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import type { PersonDecision } from '../../../src/orchestrator/decisions/judge-decision.ts';
import type { AskedPerson, AskPerson } from '../../../src/orchestrator/decisions/person-desk.ts';
import type { Clock } from '../../../src/utils/clock.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { program } from '../step-kinds/people.ts';
import { definitionOf } from '../step-kinds/team-with-steps.ts';
import { teamThatTells, told } from '../step-kinds/tell-step.ts';

/** What a step is made from; its id follows from its place. */
type Node = { before: number[]; when: Condition } & (
  | { kind: 'tell'; ends: 'well' | 'badly' }
  | { kind: 'loop'; until: number; most: number; onLimit: 'complete' | 'fail'; steps: Node[] }
  | { kind: 'switch'; cases: { when: Condition; steps: Node[] }[]; others: Node[] | undefined }
  | { kind: 'for_each'; items: number; parallel: number; steps: Node[] }
  | { kind: 'workflow'; steps: Node[] }
  | Approval
  | { kind: 'question'; answered: 'by a person' | 'by its default' | 'by nobody' }
);

/** Of a program that is written for it: rejected so many times, and then what `ends` says. `lead`: what another says to whom it escalates. */
interface Approval {
  kind: 'approval';
  rejections: number;
  most: number;
  onReject: 'rework' | 'fail';
  ends: 'approved' | 'approved by time' | 'rejected by time' | 'escalated';
  lead: 'approves' | 'rejects';
}
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

const approval: fc.Arbitrary<Node> = fc.record({
  ...base,
  kind: fc.constant('approval'),
  rejections: fc.nat(2),
  most: fc.integer({ min: 1, max: 3 }),
  onReject: fc.constantFrom('rework', 'rework', 'rework', 'fail'),
  ends: fc.constantFrom('approved', 'approved by time', 'rejected by time', 'escalated'),
  lead: fc.constantFrom('approves', 'rejects'),
});
const question: fc.Arbitrary<Node> = fc.record({
  ...base,
  kind: fc.constant('question'),
  answered: fc.constantFrom('by a person', 'by its default', 'by nobody'),
});
const simple = fc.oneof({ arbitrary: tell, weight: 4 }, { arbitrary: approval, weight: 2 }, { arbitrary: question, weight: 1 });

function nodes(depth: number): fc.Arbitrary<Node[]> {
  const node = depth === 0 ? simple : fc.oneof(simple, composite(depth));
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
    fc.record({ ...base, kind: fc.constant('workflow'), steps }),
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

/** The ids of a list, the same for the definition and for the evaluator: `s1_1`, `s1_1_2`, … */
const idOf = (list: string, place: number) => `${list}_${place + 1}`;
const needs = ({ before }: Node, place: number) => before.filter((other) => other < place);

/** @param others Takes the steps of the workflows that are done within this one, by their names. */
function definition(list: string, all: Node[], around: Around, others: Map<string, object[]>): object[] {
  return all.flatMap((node, place): object | object[] => {
    const id = idOf(list, place);
    const common = { when: text(node.when, around), depends_on: needs(node, place).map((other) => idOf(list, other)) };
    if (node.kind === 'tell') return told(id, { ...common, ends: node.ends });
    const step = { id, description: `Do ${id}.`, kind: node.kind, ...common };
    switch (node.kind) {
      case 'question': {
        const { answered } = node;
        const time = answered === 'by a person' ? {} : { timeout: 60 };
        return { ...step, ask: answered, ...time, ...(answered === 'by its default' ? { default: 'Red' } : {}) };
      }
      case 'approval':
        return approvalSteps(step, node);
      case 'workflow':
        others.set(`in_${id}`, definition(`${id}_w`, node.steps, undefined, others));
        return { ...step, workflow: `in_${id}` };
      case 'loop': {
        const { until, most, onLimit, steps } = node;
        return {
          ...step,
          until: `iteration >= ${until}`,
          max_iterations: most,
          on_limit: onLimit,
          steps: definition(id, steps, 'iteration', others),
        };
      }
      case 'for_each': {
        const items = Array.from({ length: node.items }, (_, index) => index);
        return { ...step, in: JSON.stringify(items), parallel: node.parallel, steps: definition(id, node.steps, 'index', others) };
      }
      default: {
        const cases = node.cases.map(({ when, steps }, index) => ({
          when: text(when, around),
          steps: definition(`${id}_c${index}`, steps, around, others),
        }));
        return { ...step, cases, ...(node.others === undefined ? {} : { default: definition(`${id}_d`, node.others, around, others) }) };
      }
    }
  });
}

interface Step {
  id: string;
  when: string;
  depends_on: string[];
}

/** The program is written under the same condition, so that it is there whenever somebody is asked. */
function approvalSteps(step: Step, { rejections, most, onReject, ends, lead }: Approval): object[] {
  const { id, when, depends_on } = step;
  const late = { approved: 'approve', 'approved by time': 'approve', 'rejected by time': 'reject', escalated: { escalate: `${id}_lead` } };
  const work = {
    id: `${id}_work`,
    role: 'developer',
    task_type: 'implementation',
    description: 'Write it.',
    expects: 'files',
    when,
    depends_on,
  };
  const asked = {
    ...step,
    ask: JSON.stringify({ rejections, ends }),
    show: [work.id],
    depends_on: [...depends_on, work.id],
    max_rounds: most,
    on_reject: onReject,
    on_timeout: late[ends],
    ...(ends === 'approved' ? {} : { timeout: 60 }),
  };
  const escalated = {
    id: `${id}_lead`,
    kind: 'approval',
    description: 'The lead is asked.',
    ask: JSON.stringify({ rejections: lead === 'approves' ? 0 : 1, ends: 'approved' }),
    on_reject: 'fail',
    depends_on: [id],
  };
  return ends === 'escalated' ? [work, asked, escalated] : [work, asked];
}

/** Decides as the question itself says. */
function decision({ wants, ask, round }: AskedPerson['question']): PersonDecision | 'later' {
  if (wants === 'answer') return ask === 'by a person' ? { decision: 'answered', answer: 'Blue' } : 'later';
  const { rejections, ends } = JSON.parse(ask) as { rejections: number; ends: Approval['ends'] };
  if (round <= rejections) return { decision: 'rejected', comment: `Once more (${round}).` };
  return ends === 'approved' ? { decision: 'approved' } : 'later';
}

const isBehind = new Set<string>(['task.waiting', 'task.completed', 'task.failed', 'task.skipped']);

/** A person and a clock: no time passes while a question is being put, or before the person has said what becomes of it. */
function personInTime() {
  const asking = new Set<string>();
  const open = new Set<string>();
  const clock = instantClock();
  const person: AskPerson = async ({ task, question }) => {
    const said = decision(question);
    if (said === 'later') open.delete(task);
    return said;
  };
  const sleep: Clock['sleep'] = async (milliseconds, signal) => {
    while (asking.size + open.size > 0) {
      signal?.throwIfAborted();
      await new Promise((resolve) => void setImmediate(resolve));
    }
    await clock.sleep(milliseconds, signal);
  };
  const onEvent = ({ type, data }: JournalEvent) => {
    if (type === 'task.started' && !/_work$|\/rework\//.test(data.task)) asking.add(data.task);
    else if (type === 'task.asked') open.add(data.task);
    else if (type === 'task.decided') open.delete(data.task);
    else if (isBehind.has(type) && 'task' in data) asking.delete(String(data.task));
  };
  return { person, orchestrator: { clock: { ...clock, sleep }, onEvent } };
}

/** Each program is another one. One that was rejected keeps its path. */
function reply({ index, messages }: RequestRecord): string {
  const [, path = `work_${index}.py`] = /has looked at (work_\d+\.py)\./.exec(messages.at(-1)?.content ?? '') ?? [];
  return program(`version ${index}`).replace('greet.py', path);
}

type End = 'completed' | 'failed' | 'left_out' | 'lost';

/** What becomes of a list of steps, worked out without any of the program: by the words of the documentation alone. */
function evaluate(path: string, list: string, all: Node[], names: Names, told_: Map<string, End>): End[] {
  const ends: End[] = [];
  /** Of steps that none of the others depends on. */
  const besides: End[] = [];
  for (const [place, node] of all.entries()) {
    const task = `${path}${idOf(list, place)}`;
    const isLost = needs(node, place).some((other) => ends[other] === 'failed' || ends[other] === 'lost');
    const end = isLost ? 'lost' : holds(node.when, names) ? endOf(node, task, idOf(list, place), names, told_) : 'left_out';
    ends.push(end);
    told_.set(task, end);
    if (node.kind !== 'approval') continue;
    const lead = leadEnd(node, end);
    told_.set(`${task}_work`, end === 'lost' || end === 'left_out' ? end : 'completed');
    if (lead !== undefined) told_.set(`${task}_lead`, lead);
    besides.push(lead ?? 'completed');
  }
  return [...ends, ...besides];
}

/** How the step ends to which an approval escalates; undefined: there is none. */
function leadEnd({ ends, lead, rejections, onReject }: Approval, end: End): End | undefined {
  if (ends !== 'escalated') return undefined;
  if (end === 'failed' || end === 'lost') return 'lost';
  const isAsked = end === 'completed' && (rejections === 0 || onReject === 'rework');
  if (!isAsked) return 'left_out';
  return lead === 'approves' ? 'completed' : 'failed';
}

/** Each rejection but the last one that is allowed leads to a rework, which is done. */
function approvalEnd({ rejections, most, onReject, ends }: Approval, task: string, told_: Map<string, End>): End {
  const reworks = onReject === 'fail' ? 0 : Math.min(rejections, most - 1);
  for (let number = 1; number <= reworks; number += 1) told_.set(`${task}/rework/${number}`, 'completed');
  if (rejections > reworks) return 'failed';
  return ends === 'rejected by time' ? 'failed' : 'completed';
}

const isWell = (ends: End[]) => ends.every((end) => end === 'completed' || end === 'left_out');

function endOf(node: Node, task: string, id: string, names: Names, told_: Map<string, End>): End {
  switch (node.kind) {
    case 'tell':
      return node.ends === 'well' ? 'completed' : 'failed';
    case 'question':
      return node.answered === 'by nobody' ? 'failed' : 'completed';
    case 'approval':
      return approvalEnd(node, task, told_);
    case 'workflow':
      return isWell(evaluate(`${task}/`, `${id}_w`, node.steps, { around: undefined, value: 0 }, told_)) ? 'completed' : 'failed';
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

it('any nesting of loops, cases, lists, workflows and of what people decide ends, with the status of every task that the words of the documentation predict', async () => {
  const { person, orchestrator } = personInTime();
  const team = await teamThatTells({ orchestrator, server: { reply, contextTokens: 262_144 }, settings: { prompt_layout: 'transcript' } });
  let count = 0;
  await fc.assert(
    fc.asyncProperty(nodes(2), async (all) => {
      // A team knows a workflow only once by its name.
      const name = `s${(count += 1)}`;
      const expected = new Map<string, End>();
      evaluate('', name, all, { around: undefined, value: 0 }, expected);
      const others = new Map<string, object[]>();
      const steps = definition(name, all, undefined, others);
      for (const [other, inner] of others) team.engine.registerWorkflow(definitionOf(other, inner as never));
      team.engine.registerWorkflow(definitionOf(name, steps as never));
      const result = await team.engine.executeWorkflow(name, 'Build it.', {}, { person, whileWaiting: 'stay' });
      const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
      const ends = [...tasks].map(([task, { status, skipped }]): [string, string] => [
        task,
        status === 'skipped' ? (skipped?.reason === 'condition' ? 'left_out' : 'lost') : status,
      ]);
      expect(Object.fromEntries(ends)).toEqual(Object.fromEntries(expected));
      expect(result.status).toBe([...expected.values()].includes('failed') ? 'failed' : 'completed');
    }),
    { numRuns: 40 },
  );
});

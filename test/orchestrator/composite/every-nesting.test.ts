import { describe, expect, it } from 'vitest';
import type { AskPerson } from '../../../src/orchestrator/decisions/person-desk.ts';
import { repliesOf } from '../../../src/state/run/activities-of.ts';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { variedWords } from '../../support/varied-words.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';
import { definitionOf } from '../step-kinds/team-with-steps.ts';

const agent = (id: string, more: object = {}) => ({
  id,
  role: 'business_analyst',
  task_type: id,
  description: `Say a word (${id}).`,
  expects: { json: { type: 'string' } },
  ...more,
});

/** A step of each kind that a person writes, and the steps that join the run for it. `says`: those of them that leave a turn. */
const leaves: Record<string, { step: object; joins?: string[]; says?: string[] }> = {
  agent: { step: agent('leaf'), says: ['leaf'] },
  check: { step: { id: 'leaf', kind: 'check', role: 'qa_engineer', criteria: ['It rings.'] }, says: ['leaf'] },
  command: { step: { id: 'leaf', kind: 'command', command: 'true' } },
  wait: { step: { id: 'leaf', kind: 'wait', seconds: 0.5 } },
  approval: { step: { id: 'leaf', kind: 'approval', ask: 'May it?' } },
  question: { step: { id: 'leaf', kind: 'question', ask: 'Which?' }, says: ['leaf'] },
  plan: {
    step: {
      id: 'leaf',
      kind: 'plan',
      description: 'Plan.',
      role: 'business_analyst',
      allow: { roles: ['business_analyst'], task_types: ['planned'] },
    },
    joins: ['leaf/1/made'],
    says: ['leaf', 'leaf/1/made'],
  },
};

/** A step that holds a step, and where that one's tasks are. */
const around: Record<string, { step: (id: string, inner: object) => object; places: string[] }> = {
  loop: { step: (id, inner) => ({ id, kind: 'loop', until: 'iteration == 2', steps: [inner] }), places: ['1/', '2/'] },
  for_each: { step: (id, inner) => ({ id, kind: 'for_each', in: "['a', 'b']", steps: [inner] }), places: ['1/', '2/'] },
  switch: {
    step: (id, inner) => ({
      id,
      kind: 'switch',
      cases: [{ when: 'false', steps: [{ id: `${id}_other`, kind: 'wait', seconds: 1 }] }],
      default: [inner],
    }),
    places: ['2/'],
  },
  workflow: { step: (id, inner) => ({ id, kind: 'workflow', workflow: nameOf(inner) }), places: [''] },
};

/** The names of workflows that are done within others, by the step that each holds. */
const workflows = new Map<string, string>();
function nameOf(inner: object): string {
  const text = JSON.stringify(inner);
  const name = workflows.get(text) ?? `inner_${workflows.size + 1}`;
  workflows.set(text, name);
  return name;
}

interface Nesting {
  title: string;
  /** The composites around it, from the outside inwards. */
  within: string;
  step: object;
  /** All its tasks in the order in which they end, and those of them that leave a turn, in order. */
  ends: string[];
  says: string[];
  /** The tasks that a task with a turn follows within the step: what it is shown where branches see their ancestors. */
  after: Map<string, string[]>;
}

/** @param kinds From the outside inwards, the last one being no composite. */
function nesting(kinds: string[]): Nesting {
  const [leaf = ''] = kinds.slice(-1);
  const { step, joins = [], says = [] } = leaves[leaf]!;
  let now: Omit<Nesting, 'title' | 'within'> = {
    step,
    ends: [...joins, 'leaf'],
    says,
    // What joins the run for a step is not shown what that has said.
    after: new Map(says.map((task) => [task, []])),
  };
  for (const [depth, kind] of kinds.slice(0, -1).toReversed().entries()) {
    const id = `level_${depth + 1}`;
    const { step: wrap, places } = around[kind]!;
    const at = (place: string, task: string) => `${id}/${place}${task}`;
    const inner = now;
    const before = (place: number) =>
      (kind === 'loop' ? places.slice(0, place) : []).flatMap((one) => inner.says.map((task) => at(one, task)));
    now = {
      step: wrap(id, inner.step),
      ends: [...places.flatMap((place) => inner.ends.map((task) => at(place, task))), id],
      says: places.flatMap((place) => inner.says.map((task) => at(place, task))),
      after: new Map(
        places.flatMap((place, index) =>
          [...inner.after].map(([task, others]): [string, string[]] => [
            at(place, task),
            [...before(index), ...others.map((one) => at(place, one))],
          ]),
        ),
      ),
    };
  }
  return { title: kinds.join(' > '), within: kinds.slice(0, -1).join(' > ') || 'nothing', ...now };
}

const composites = Object.keys(around);
const table = [
  ...Object.keys(leaves).map((leaf) => [leaf]),
  ...composites.flatMap((outer) => Object.keys(leaves).map((leaf) => [outer, leaf])),
  ...composites.flatMap((outer) => composites.flatMap((inner) => Object.keys(leaves).map((leaf) => [outer, inner, leaf]))),
].map(nesting);

const answer: AskPerson = async ({ question }) =>
  question.wants === 'approval' ? { decision: 'approved' } : { decision: 'answered', answer: 'Blue' };

/** No text is said twice. */
function reply({ taskType, index }: RequestRecord): string {
  if (taskType === 'planned') return `# Made\n\n${variedWords(index, 40)}\n`;
  if (taskType === 'check') return '{"verdict": "approved", "findings": []}';
  if (taskType !== 'plan') return JSON.stringify(variedWords(index, 3));
  const step = { id: 'made', role: 'business_analyst', task_type: 'planned', description: 'Make it.', depends_on: [], expects: 'text' };
  return JSON.stringify({ steps: [step] });
}

it('the table holds every kind of step', () => {
  const joining = new Set(['rework', 'repair']);
  const kinds = [...new StepKindRegistry().declarations.keys()].filter((kind) => !joining.has(kind));
  expect([...Object.keys(leaves), ...composites].toSorted()).toEqual(kinds.toSorted());
});

describe.each([
  ['linear', { settings: { max_concurrent_agents: 1 } }],
  ['graph', { settings: { max_concurrent_agents: 2 }, server: { slots: 2, contextTokens: 262_144, savesSlots: 'yes' as const } }],
] as const)('%s: each kind alone and within others, two deep', (turns, { settings, ...options }) => {
  // Where branches see their ancestors, only what leaves a turn is of another kind.
  const own = turns === 'linear' ? table : table.filter(({ says }) => says.length > 0);

  // Only what may branch has a branch.
  const beside = turns === 'graph' ? ['beside'] : [];

  // All that has the same around it is done by one team, run after run.
  it.each([...Map.groupBy(own, ({ within }) => within)])('within %s', async (_, nestings) => {
    const server = { ...('server' in options ? options.server : {}), reply };
    const team = await teamOnFake({ server, settings: { ...settings, prompt_layout: 'transcript', sandbox: 'off' } });
    for (const [text, name] of workflows) team.engine.registerWorkflow(definitionOf(name, [JSON.parse(text)] as never));
    for (const { title, step, ends, says, after } of nestings) {
      team.events.length = 0;
      const earlier = team.server.requests.length;
      const outermost = ends.at(-1)!;
      const steps = [
        ...beside.map((id) => agent(id, { priority: 9 })),
        agent('before', { priority: 8 }),
        { ...step, depends_on: ['before'] },
        agent('after', { depends_on: [outermost] }),
      ];
      const house = `house_${nestings.findIndex((one) => one.title === title) + 1}`;
      team.engine.registerWorkflow(definitionOf(house, steps as never));
      const result = await team.engine.executeWorkflow(house, 'Ring.', {}, { person: answer, whileWaiting: 'stay' });
      const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
      const failed = [...tasks.values()].flatMap(({ task, error }) => (error === undefined ? [] : [`${task}: ${error.message}`]));
      expect({ status: result.status, failed, turns: result.transcript.turns }, title).toEqual({ status: 'completed', failed: [], turns });
      const ended = eventsOfType(team.events, 'task.completed').map(({ data }) => data.task);
      expect(
        ended.filter((task) => task !== 'beside'),
        title,
      ).toEqual(['before', ...ends, 'after']);
      expect([...tasks.keys()].toSorted(), title).toEqual([...beside, 'before', ...ends, 'after'].toSorted());

      // What stands as said in each prompt: whatever was said before it, or what its ancestors said.
      const prompts = team.server.requests.slice(earlier).filter(({ taskType }) => taskType !== 'beside');
      const asked = ['before', ...says.filter((task) => tasks.get(task)?.kind !== 'question'), 'after'];
      const wordsOf = (task: string) => repliesOf(tasks.get(task)!).at(-1)?.text ?? 'I will go by that.';
      const shownTo = (task: string) => {
        if (task === 'before') return [];
        if (turns === 'graph') return ['before', ...(task === 'after' ? says : after.get(task)!)];
        // One that waits for what joined the run for it has begun before that, and ends behind it.
        const earlierOnes = [...ends, 'after'].slice(0, [...ends, 'after'].indexOf(task)).filter((other) => !other.startsWith(`${task}/`));
        return ['before', ...earlierOnes.filter((other) => says.includes(other))];
      };
      const saidIn = (messages: RequestRecord['messages']) =>
        messages.flatMap(({ role, content }) => (role === 'assistant' ? content.trim() : []));
      expect(
        prompts.map(({ messages }) => saidIn(messages)),
        title,
      ).toEqual(asked.map((task) => shownTo(task).map((other) => wordsOf(other).trim())));
    }
  });
});

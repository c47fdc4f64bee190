import type { PersonDecision } from '../../src/orchestrator/decisions/judge-decision.ts';
import type { WorkflowDefinitionInput } from '../../src/workflows/workflow-schema.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';

/** A small run of one kind of step, and what people do each time that it rests. */
export interface KindScene {
  steps: object[];
  /** Workflows that steps name. */
  others?: Record<string, object[]>;
  acts?: (PersonDecision | { signal: string })[];
}

const build = { id: 'build', role: 'developer', task_type: 'implementation', description: 'Build it.', expects: 'files' };
const note = (id: string, more: object = {}) => ({
  id,
  role: 'business_analyst',
  task_type: id,
  description: `Look at it (${id}).`,
  expects: 'text',
  ...more,
});
/** Data may be the same again; a text that is would be no result. */
const level = (id: string, more: object = {}) => note(id, { task_type: 'level', expects: { json: { enum: ['low', 'high'] } }, ...more });
/** Writes a line where a test counts. */
const count = (id: string, more: object = {}) => ({ id, kind: 'command', command: 'echo ran >> "$COUNTED"', ...more });
const release = { id: 'release', kind: 'approval', ask: 'May it?', depends_on: ['build'] };

export const kindScenes: Record<string, KindScene> = {
  agent: { steps: [level('level'), { ...build, depends_on: ['level'] }] },
  command: { steps: [count('try'), count('again', { depends_on: ['try'] })] },
  workflow: {
    steps: [{ id: 'inner', kind: 'workflow', workflow: 'inner' }, count('after', { depends_on: ['inner'] })],
    others: { inner: [note('look'), count('try', { depends_on: ['look'] })] },
  },
  wait: {
    steps: [
      { id: 'pause', kind: 'wait', seconds: 0.01 },
      { id: 'look', kind: 'wait', signal: 'looked', depends_on: ['pause'] },
      count('after', { depends_on: ['look'] }),
    ],
    acts: [{ signal: 'looked' }],
  },
  check: { steps: [build, { id: 'review', kind: 'check', role: 'qa_engineer', criteria: ['It rings.'], depends_on: ['build'] }] },
  approval: { steps: [build, release, count('after', { depends_on: ['release'] })], acts: [{ decision: 'approved', comment: 'Good.' }] },
  rework: { steps: [build, release], acts: [{ decision: 'rejected', comment: 'In French.' }, { decision: 'approved' }] },
  question: {
    steps: [{ id: 'colour', kind: 'question', ask: 'Which colour?' }, note('paint', { depends_on: ['colour'] })],
    acts: [{ decision: 'answered', answer: 'red' }],
  },
  loop: {
    steps: [
      {
        id: 'rounds',
        kind: 'loop',
        until: 'iteration == 2',
        steps: [level('look', { description: 'Look ({{ iteration }}).' }), count('try', { depends_on: ['look'] })],
      },
    ],
  },
  for_each: {
    steps: [
      {
        id: 'each',
        kind: 'for_each',
        in: "['a', 'b', 'c']",
        parallel: 2,
        steps: [count('try'), count('again', { depends_on: ['try'] })],
      },
    ],
  },
  switch: {
    steps: [
      level('level'),
      { id: 'choice', kind: 'switch', depends_on: ['level'], cases: [{ when: "steps.level.json == 'low'", steps: [count('try')] }] },
    ],
  },
  plan: {
    steps: [
      {
        id: 'plan',
        kind: 'plan',
        description: 'Plan it.',
        role: 'business_analyst',
        approve: true,
        allow: { roles: ['developer'], task_types: ['implementation'] },
      },
    ],
    acts: [{ decision: 'approved' }],
  },
};

export function workflowsOf({ steps, others = {} }: KindScene): WorkflowDefinitionInput[] {
  const inner = Object.entries(others).map(([name, own]) => ({ name, steps: own }));
  return [{ name: 'house', steps }, ...inner] as WorkflowDefinitionInput[];
}

const planned = [{ id: 'make', role: 'developer', task_type: 'implementation', description: 'Make it.', depends_on: [], expects: 'files' }];

/** Follows from what was asked alone, so that the same is said in whichever process. */
export function kindReply({ taskType, messages }: RequestRecord): string {
  const last = messages.at(-1)?.content ?? '';
  if (taskType === 'level') return '"low"';
  if (taskType === 'plan') return JSON.stringify({ steps: planned });
  if (taskType === 'check') return '{"verdict": "approved", "findings": []}';
  if (taskType === 'implementation' || last.includes('In French.'))
    return `\`\`\`python:bells.py\nrings = ${last.includes('In French.') ? 2 : 1}\n\`\`\`\n`;
  return `# About ${taskType ?? 'it'}\n\nIt was looked at, and all of it is as it should be.\n`;
}

import { expect, test } from 'vitest';
import { composeQuestion, type QuestionSources } from '../../../src/orchestrator/decisions/compose-question.ts';
import type { DecisionRecord, RunState } from '../../../src/state/run/run-state.ts';

const written = { task: 'build', path: 'deploy.sh', sha256: '1', sequence: 1 };
const removal = { task: 'build', path: 'deploy.sh', sha256: '1', sequence: 2 };
const state = { artifacts: [written], removals: [removal], tasks: new Map(), input: { requirement: '', files: [] } } as unknown as RunState;
const question = { round: 1, wants: 'approval', ask: 'May it go out?' } as const;

test.each<[what: string, inProject: string | undefined, before: Pick<DecisionRecord, 'shown'> | undefined, shown: string[], diff: string]>([
  ['nobody but the run ever saw is not shown', undefined, undefined, [], ''],
  ['the project has is shown as removed', 'ls\n', undefined, ['deploy.sh'], '--- a/deploy.sh\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-ls\n'],
  [
    'the person was shown before is shown as removed',
    undefined,
    { shown: [{ path: 'deploy.sh', sha256: '1', task: 'build' }] },
    ['deploy.sh'],
    '--- a/deploy.sh\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-echo\n',
  ],
  ['the person knows to be removed is not shown again', undefined, { shown: [{ path: 'deploy.sh', task: 'build' }] }, [], ''],
])('a file that came and went, and that %s', async (_, inProject, before, shown, diff) => {
  const sources: QuestionSources = {
    state,
    contentOf: () => Promise.resolve(Buffer.from('echo\n')),
    keepContent: () => Promise.reject(new Error('There is nothing to keep.')),
    disk: { read: () => Promise.resolve(undefined) },
    project: { read: () => Promise.resolve(inProject === undefined ? undefined : Buffer.from(inProject)) },
  };
  const asked = await composeQuestion(sources, { question, paths: ['deploy.sh'], before: before as DecisionRecord | undefined });
  expect(asked.shown.map(({ path }) => path)).toEqual(shown);
  expect(asked.diff).toBe(diff);
});

test('a file that the team was shown later is compared with what it saw, not with what somebody has made of the project meanwhile', async () => {
  const contents = new Map([
    ['run', 'echo run\n'],
    ['seen', 'echo seen\n'],
    ['base', `${JSON.stringify({ path: 'deploy.sh', sha256: 'then', bytes: 5 })}\n`],
  ]);
  const read = { kind: 'read', result: { files: [{ path: 'deploy.sh', shown: 'whole', sha256: 'seen' }] } };
  const known = {
    artifacts: [{ ...written, sha256: 'run' }],
    removals: [],
    tasks: new Map(),
    activities: new Map([['build/1', read]]),
    input: { requirement: '', files: [], project: { base: 'base' } },
  } as unknown as RunState;
  const contentOf = (sha256: string) => Promise.resolve(contents.has(sha256) ? Buffer.from(contents.get(sha256)!) : undefined);
  const sources: QuestionSources = {
    state: known,
    contentOf,
    keepContent: () => Promise.reject(new Error('There is nothing to keep.')),
    disk: { read: () => Promise.resolve(undefined) },
    project: { read: () => Promise.resolve(Buffer.from('echo other\n')) },
  };
  const { diff } = await composeQuestion(sources, { question, paths: ['deploy.sh'], before: undefined });
  expect(diff).toBe('--- a/deploy.sh\n+++ b/deploy.sh\n@@ -1,1 +1,1 @@\n-echo seen\n+echo run\n');
});

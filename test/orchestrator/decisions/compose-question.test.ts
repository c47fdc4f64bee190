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

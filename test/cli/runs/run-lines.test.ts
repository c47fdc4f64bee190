import { namedFolders } from '../../../src/orchestrator/run/folders-of-run.ts';
import { expect, test } from 'vitest';
import { runLines } from '../../../src/cli/runs/run-lines.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { numbered } from '../../state/run/random-history.ts';
import { added, runEvent, started } from '../../support/run-events.ts';

const start = 1_700_000_000_000;

function shown(events: NewEvent[], status: RunState['status']): string {
  let state: RunState | undefined;
  for (const event of numbered(events)) state = applyEvent(state, event);
  if (state === undefined) throw new Error('a run has begun');
  return runLines(
    { state, status, owner: undefined, files: undefined, folders: namedFolders(state, '/project') },
    { now: start, detail: 'whole' },
  ).join('\n');
}

const taskStarted = runEvent('r', 'task.started', { task: 'a', attempt: 1, agent: 'dev_001' }, start);

test('a task that failed is shown with what to do about it', () => {
  const error = { code: 'model.overflow', message: 'It does not fit.', hint: 'Shorten it.' };
  const failed = runEvent('r', 'task.failed', { task: 'a', error }, start);
  expect(shown([started('r'), added('r', 'a'), taskStarted, failed], 'failed')).toContain('\na: It does not fit.\n  Shorten it.\n');
});

test('a task that another run has done is shown as taken over, without a time', () => {
  const begin = started('r', '# A heading', start);
  const builds = { ...begin, data: { ...begin.data, inherits: { run: 'earlier', how: 'rerun', tasks: ['a'] } } } as NewEvent;
  const completed = runEvent('r', 'task.completed', { task: 'a' }, start);
  const lines = shown([builds, added('r', 'a'), taskStarted, completed], 'completed');
  expect(lines).toMatch(/\n 1 {2}a {2}completed {2}taken over$/m);
  expect(lines).toContain('\nRequirement: A heading\n');
});

test('a step that waits says for what, and how long at most', () => {
  const waiting = runEvent('r', 'task.waiting', { task: 'a', reason: 'signal', signal: 'looked', until: start + 60_000 }, start);
  expect(shown([started('r'), added('r', 'a'), taskStarted, waiting], 'running')).toContain('waits for the signal "looked", ');
});

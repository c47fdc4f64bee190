import { expect, it } from 'vitest';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { runSummary } from '../../../src/orchestrator/results/run-summary.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';

async function* eventsOf(...events: { type: JournalEvent['type']; data: object }[]): AsyncGenerator<JournalEvent> {
  for (const [index, event] of events.entries()) {
    const place = { stream: 'run:r', sequence: index + 1, position: index + 1, time: 0, version: 1, actor: 'run', correlation: 'r' };
    yield { ...place, ...event } as JournalEvent;
  }
}

const started = {
  run: 'r',
  workflow: 'bug_fix',
  definition: {},
  input: { requirement: 'Mend it.', files: [] },
  context: {},
  model: { name: 'm', address: 'http://127.0.0.1:1/v1', engine: 'server' },
  transcript: { turns: 'linear', layout: 'transcript', reason: 'one slot' },
  maxParallel: 1,
  output: 'output',
  productVersion: '0',
};
const task = { task: 'fix', kind: 'agent', role: 'developer', taskType: 'fix', description: 'Mend it.', expects: 'files' };

it('quotes what a model or a server wrote so that neither Markdown nor a terminal takes it for more', async () => {
  const path = 'a` **b** `c.py';
  const sha256 = '0'.repeat(64);
  const state = await foldRun(
    eventsOf(
      { type: 'run.started', data: started },
      { type: 'task.added', data: { ...task, dependencies: [], priority: 1, number: 1 } },
      { type: 'artifact.written', data: { task: 'fix', path, bytes: 1, sha256, outcome: 'created', format: 'f', range: [0, 1] } },
      { type: 'artifact.collided', data: { task: 'fix', path, sha256, earlier: { task: 'fix', sha256: '1'.repeat(64) } } },
      { type: 'task.failed', data: { task: 'fix', error: { code: 'server.lost', message: 'gone\n# \u009b31m\u202e<b>' } } },
    ),
  );
  const summary = runSummary(state);
  expect(summary).toContain("- `a' **b** 'c.py` (1 bytes)");
  expect(summary).toContain("- `a' **b** 'c.py` was written by");
  expect(summary).toContain(String.raw`- Error: gone # \u{202e}'b'`);
  expect(summary).not.toMatch(/[\u0080-\u009f\u202e]/);
});

it('quotes the name of a step that waits for somebody, which a journal from elsewhere chose', async () => {
  const name = 'a`\n# Completed\u001b[2J';
  const asked = { task: name, round: 1, wants: 'approval', ask: 'May it?', shown: [], diff: '', leftOut: 0, against: 'project' };
  const state = await foldRun(
    eventsOf(
      { type: 'run.started', data: started },
      { type: 'task.added', data: { ...task, task: name, dependencies: [], priority: 1, number: 1 } },
      { type: 'task.asked', data: asked },
      { type: 'task.waiting', data: { task: name, reason: 'approval' } },
    ),
  );
  expect(runSummary(state)).toContain("- Waits for somebody: a' # Completed asks: May it? (`multiagent approve r a' # Completed`)\n");
});

it('holds nothing that a reader of Markdown would load from elsewhere', async () => {
  const picture = '![a](http://example.com/seen.png)';
  const state = await foldRun(
    eventsOf(
      {
        type: 'run.started',
        data: { ...started, input: { requirement: `Show it.\n${picture} <img src="http://example.com/b">\n1 < 2`, files: [] } },
      },
      { type: 'task.added', data: { ...task, description: picture, dependencies: [], priority: 1, number: 1 } },
      { type: 'task.failed', data: { task: 'fix', error: { code: 'server.lost', message: `gone ${picture} <img src=x>`, hint: picture } } },
    ),
  );
  const summary = runSummary(state);
  expect(summary).not.toMatch(/!\[|(?<!\\)<img/);
  expect(summary).toContain('> 1 < 2');
});

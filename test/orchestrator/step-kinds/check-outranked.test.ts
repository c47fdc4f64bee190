import { expect, it } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { startedReplies } from '../../support/team-on-fake.ts';
import { teamWithSteps } from './team-with-steps.ts';

const build = {
  id: 'build',
  role: 'developer',
  task_type: 'implementation',
  description: 'Build it.',
  expects: 'files' as const,
  verify: 'echo the bells are out of tune; exit 3',
};
const review = {
  id: 'review',
  kind: 'check',
  description: 'Review it.',
  role: 'qa_engineer',
  criteria: ['It works.'],
  depends_on: ['build'],
};

it('does not approve work whose checks really ran and fail, whatever the judge says, and names them as a finding', async () => {
  const reply = ({ taskType }: RequestRecord) =>
    taskType === 'check'
      ? '{"verdict": "approved", "findings": []}'
      : taskType === 'implementation'
        ? '```python:bells.py\nbells = 1\n```\n'
        : 'The tests are right.';
  const { run, orchestrator, events } = await teamWithSteps([build, review], {
    server: { reply },
    settings: { verify: 'auto', sandbox: 'off' },
  });
  const result = await run();
  const { tasks } = await orchestrator.loadRun(result.workflow_id);
  expect(tasks.get('review')?.outputs).toMatchObject({ verdict: 'needs_work', json: { findings: [{ severity: 'critical' }] } });
  expect(JSON.stringify(tasks.get('review')?.outputs)).toContain('Checks that were run fail, so the work cannot be approved: ');
  expect(JSON.stringify(tasks.get('review')?.outputs)).toContain('the bells are out of tune');
  const asked = startedReplies(events).find(({ data }) => data.task === 'review')?.data.message;
  expect(asked).toContain('What fails has to be mended: the work cannot be approved.');
});

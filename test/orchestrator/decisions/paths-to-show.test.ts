import { expect, it } from 'vitest';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { parseWorkflow } from '../../../src/workflows/load-workflow.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { program, restingRun } from '../step-kinds/people.ts';

const featureWithReview = `# yaml-language-server: $schema=…
version: 1
name: feature-with-review
title: Feature with review
inputs:
  requirement: { type: text }
  rounds: { type: number, default: 3 }
steps:
  - { id: implementation, kind: agent, role: developer, task_type: implementation, expects: files }
  - id: review_rounds
    kind: loop
    depends_on: [implementation]
    until: steps.review.verdict == 'approved'      # ids of the inner steps: their latest iteration
    max_iterations: 3
    steps:
      - { id: review, kind: check, role: qa_engineer, criteria: [Every acceptance criterion holds, Wrong input is refused] }
      - { id: rework, kind: agent, role: developer, task_type: implementation, depends_on: [review], when: steps.review.verdict != 'approved', expects: files }
  - { id: release, kind: approval, depends_on: [review_rounds], ask: May this go out?, timeout: 3d, on_timeout: reject, on_reject: rework }
  - { id: deployment, kind: agent, role: devops_engineer, task_type: deployment, depends_on: [release], expects: files }
`;

/** The first verdict is that something is missing, which the developer then adds in a file of its own. */
function reviewedOnce(): NonNullable<FakeLlamaServerOptions['reply']> {
  let verdicts = 0;
  return ({ body }) => {
    const message = (body['messages'] as { content: string }[] | undefined)?.at(-1)?.content ?? '';
    if (message.includes(': check')) {
      const finding = { file: 'greet.py', line: 1, severity: 'major', text: 'Nobody is told how to start it.' };
      return JSON.stringify((verdicts += 1) === 1 ? { verdict: 'needs_work', findings: [finding] } : { verdict: 'approved', findings: [] });
    }
    if (message.includes(': deployment')) return '```sh:start.sh\npython3 greet.py\n```\n';
    if (message.includes('French')) return program('Bonjour');
    return verdicts === 0 ? program('Hello') : '```text:start.txt\npython3 greet.py\n```\n';
  };
}

it('whoever approves behind a review is shown what was reviewed, and a rejection goes to the author of that and not to the reviewer', async () => {
  const { steps } = parseWorkflow(featureWithReview, 'feature-with-review.yaml', { kinds: new StepKindRegistry().declarations });
  const { first, state, decide, resume, read } = await restingRun(steps, { server: { reply: reviewedOnce() } });
  expect(first.status).toBe('waiting');
  const shown = async () =>
    (await state()).tasks
      .get('release')
      ?.question?.shown.map(({ path }) => path)
      .toSorted();
  const verdicts = ['02-review_rounds-1-review.md', '02-review_rounds-2-review.md'];
  expect(await shown()).toEqual([...verdicts, 'greet.py', 'start.txt']);

  await decide({ decision: 'rejected', comment: 'Greet in French.' });
  await resume();
  const { tasks } = await state();
  expect([...tasks.values()].filter(({ kind }) => kind === 'rework').map(({ role }) => role)).toEqual(['developer']);
  expect(read('greet.py')).toContain('Bonjour');
  expect(await shown()).toEqual([...verdicts, 'greet.py', 'start.txt']);

  await decide({ decision: 'approved' });
  expect((await resume()).status).toBe('completed');
});

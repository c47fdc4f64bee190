import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import { startedReplies } from '../../support/team-on-fake.ts';
import { analysis, teamWithSteps } from './team-with-steps.ts';

const program = "print('bells')\n";
const build = { id: 'build', role: 'developer', task_type: 'implementation', description: 'Build it.', expects: 'files' as const };
const review = {
  id: 'review',
  kind: 'check',
  description: 'Review it.',
  role: 'qa_engineer',
  criteria: ['It prints bells.', 'Wrong input is refused.'],
  depends_on: ['build'],
};
const mend = { ...build, id: 'mend', task_type: 'bug_fix', depends_on: ['review'] };
const finding = { file: 'bells.py', line: 1, severity: 'major', text: 'Wrong input is not refused.' };
const needsWork = JSON.stringify({ verdict: 'needs_work', findings: [finding] });
const approved = JSON.stringify({ verdict: 'approved', findings: [] });

const fenced = (content: string) => `\`\`\`python:bells.py\n${content}\`\`\`\n`;

async function reviewed(verdict: string | string[], settings: SettingsInput = {}, steps: object[] = [build, review], content = program) {
  const verdicts = [verdict].flat();
  const team = await teamWithSteps(steps as never, {
    settings,
    server: {
      reply: ({ taskType, messages }: RequestRecord) => {
        if (taskType === 'bug_fix') return fenced("print('bells!')\n");
        const isJudge = taskType === 'check' || /no JSON|fit the JSON|Does each/.test(messages.at(-1)?.content ?? '');
        return isJudge ? (verdicts.shift() ?? 'no more') : fenced(content);
      },
    },
  });
  const result = await team.engine.executeWorkflow('house', 'Write `bells.py`, which prints bells.');
  const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
  const asked = startedReplies(team.events).filter(({ data }) => data.task === 'review');
  return { ...team, result, tasks, asked: asked.map(({ data }) => data.message), review: tasks.get('review') };
}

describe('a check', () => {
  it('has a verdict with findings, and ends well whatever it is', async () => {
    const { result, review: task, asked } = await reviewed(needsWork);
    expect(result.status).toBe('completed');
    expect(task?.outputs).toEqual({ verdict: 'needs_work', json: { verdict: 'needs_work', findings: [finding] } });
    expect(asked[0]).toContain('Judge by each of these criteria bells.py.\n\n1. It prints bells.\n2. Wrong input is refused.');
    expect(asked[0]).toContain('You act as the QA Engineer.');
    expect(result.tasks['review']?.result?.files_created.map(({ path }) => path)).toEqual(['02-check.md']);
  });

  it.each([
    ['is shown the text of the step that it depends on', {}, true],
    ['but not of a private one', { private: true }, false],
  ])('%s', async (_, options, isShown) => {
    const notes = { ...analysis('notes'), ...options };
    const steps = [notes, { ...review, depends_on: ['notes'] }];
    const { asked } = await reviewed(approved, { prompt_layout: 'contract' }, steps, program);
    expect(asked[0]?.includes('Notes: requirements_analysis')).toBe(isShown);
  });

  it('has one corrective turn, and fails without a verdict after that', async () => {
    const mended = await reviewed(['It is fine.', approved]);
    expect(mended.review?.outputs).toMatchObject({ verdict: 'approved' });
    const { result, review: task } = await reviewed(['It is fine.', '{"verdict": "fine"}']);
    expect(result.status).toBe('failed');
    expect(task?.error?.message).toContain(
      'The team did not manage check in two replies: the reply is no JSON; then the reply does not fit its schema',
    );
  });

  it('shows the files as they stand: in a transcript what no turn shows whole, elsewhere all of them', async () => {
    const inTranscript = await reviewed(approved, { prompt_layout: 'transcript' });
    expect(inTranscript.asked[0]).not.toContain('The files as they stand now');
    const inContract = await reviewed(approved, { prompt_layout: 'contract' });
    expect(inContract.asked[0]).toContain(`# Files written so far\n\n${fenced(program).replace('python:', '')}`);
  });

  it('shows a text that it depends on, where no turn does', async () => {
    const steps = [analysis('build', [], 'requirements_analysis'), { ...review, criteria: ['It is clear.'] }];
    const { asked } = await reviewed(approved, { prompt_layout: 'contract' }, steps);
    expect(asked[0]).toContain('Notes: requirements_analysis');
    expect(asked[0]).toContain('Judge by each of these criteria the work so far.');
  });

  it.each([
    ['contract', '# What was found wrong\\n\\n- major in bells.py, line 1: Wrong input is not refused.'],
    ['transcript', 'Wrong input is not refused.'],
  ] as const)('tells whoever mends the work what was found: %s', async (layout, words) => {
    const { server } = await reviewed(needsWork, { prompt_layout: layout }, [build, review, mend]);
    expect(JSON.stringify(server.requests.find(({ taskType }) => taskType === 'bug_fix')?.messages)).toContain(words);
  });

  it('does not approve a file that does not parse, and says so to the judge', async () => {
    const { review: task, asked } = await reviewed(approved, {}, [build, review], "print('bells'\n");
    expect(task?.outputs).toMatchObject({ verdict: 'needs_work', json: { findings: [{ file: 'bells.py', severity: 'critical' }] } });
    expect(asked[0]).toContain('What was run: bells.py, line 1: It does not parse as python');
    expect(asked[0]).toContain('the work cannot be approved');
  });

  it('gives a small model a form to fill in, and works the verdict out from that', async () => {
    const settings = { model_profiles: [{ match: 'fake-model', instructions: 'plain', layout: 'contract' }] } as SettingsInput;
    const form = { criterion_1: { reason: 'It does.', holds: 'yes' }, criterion_2: { reason: 'It takes all.', holds: 'no' } };
    const { review: task, asked } = await reviewed(JSON.stringify(form), settings);
    expect(asked[0]).toContain(
      'Does each of these hold for bells.py?\n\n1. It prints bells.\n2. Wrong input is refused.\n\nAnswer only with JSON in this form: {"criterion_1":{',
    );
    expect(task?.outputs).toMatchObject({
      verdict: 'needs_work',
      json: { findings: [{ text: 'Wrong input is refused.: It takes all.' }] },
    });
  });
});

it.each([
  ['no criteria', { criteria: [] }, 'criteria'],
  ['no role', { role: undefined }, 'role: is missing'],
  ['a criterion without words', { criteria: [' '] }, 'criteria[0]'],
  ['an unknown key', { criterion: 'x' }, 'unknown key criterion; did you mean criteria?'],
])('is refused with %s when the workflow is registered', async (_, options, message) => {
  await expect(teamWithSteps([build, { ...review, ...options }] as never)).rejects.toThrow(message);
});

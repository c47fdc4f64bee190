import { linesFor } from '../../src/agents/instruction-text.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decideRun } from '../../src/operations/decide-run.ts';
import { shippedNames, templateNames } from '../../src/workflows/shipped-workflows.ts';
import { completedReplies, eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { teamReply, type TeamTaskType } from '../support/team-replies.ts';

/** What a stand-in answers each type of task with: of its kind, and not the same twice in a run. */
const replies: Readonly<Record<string, TeamTaskType>> = {
  code_review: 'technical_review',
  test_review: 'bug_analysis',
  review_report: 'final_analysis',
  refactoring_plan: 'architecture_design',
  refactoring: 'implementation',
  test_plan: 'requirements_analysis',
  test_writing: 'testing',
  quick_answer: 'technical_feasibility',
};

const composed: readonly string[] = ['feature_with_review', 'plan_and_build'];
const further = shippedNames.filter((name) => ![...templateNames, ...composed].includes(name));

describe('each further template runs from files of a project to its results', () => {
  it.each(further)('%s', async (workflow) => {
    const { engine, orchestrator, events, server } = await teamOnFake({
      settings: { max_concurrent_agents: 1 },
      server: {
        reply: ({ taskType }) => {
          const like = replies[taskType ?? ''];
          if (like === undefined) throw new TypeError(`no reply to ${taskType}`);
          return teamReply({ taskType: like });
        },
      },
    });
    const files = [{ path: 'src/notes.py', content: 'def add(notes, text):\n    notes.append(text)\n' }];
    const result = await engine.executeWorkflow(workflow, 'Look at src/notes.py.', { files });
    expect(result).toMatchObject({ status: 'completed', workflow_completed: true, error: null });
    const { steps } = engine.getWorkflowTemplate(workflow);
    // Each step is answered at the first attempt, and reads the instructions for its type of task.
    expect(completedReplies(events)).toHaveLength(steps.length);
    const asked = JSON.stringify(server.requests);
    for (const { task_type: taskType, role } of steps) {
      const instructions = orchestrator.roles.instructionsFor(String(taskType), String(role));
      // The checks are off here, so that tests are only written.
      const [first] = linesFor(instructions?.full ?? '', 'written').split('\n', 1);
      expect(first).not.toBe('');
      expect(asked).toContain(JSON.stringify(first).slice(1, -1));
    }
    const folder = join(orchestrator.outputFolder, 'generated', result.workflow_id);
    const written = Object.values(result.tasks).flatMap(({ result: each }) => each?.files_created ?? []);
    expect(written.length).toBeGreaterThanOrEqual(steps.length);
    expect(written.filter(({ path }) => !existsSync(join(folder, path.split('/').slice(2).join('/'))))).toEqual([]);
  });
});

describe('feature_with_review', () => {
  const needsWork = (text: string) => ({
    verdict: 'needs_work',
    findings: [{ file: 'src/todo_store.py', line: 1, severity: 'major', text }],
  });
  const approved = { verdict: 'approved', findings: [] };

  /** A run up to where a person is asked. @param verdicts What the review says, one after the other. */
  async function reviewed(verdicts: object[]) {
    let versions = 0;
    const said = [...verdicts];
    const team = await teamOnFake({
      settings: { max_concurrent_agents: 1 },
      server: {
        reply: ({ taskType }) => {
          if (taskType === 'check') return JSON.stringify(said.shift());
          if (taskType === 'implementation') return teamReply({ taskType, seed: (versions += 1) });
          return teamReply({ taskType: taskType as TeamTaskType });
        },
      },
    });
    const result = await team.engine.executeWorkflow('feature_with_review', 'A todo list.', {}, { whileWaiting: 'rest' });
    return { ...team, result, requests: team.server.requests.map(({ taskType }) => taskType) };
  }

  it('reworks until the review approves, writes tests, waits for a yes, and deploys only then', async () => {
    const { orchestrator, result, requests, server } = await reviewed([needsWork('Empty names are taken.'), approved]);
    expect(result.status).toBe('waiting');
    expect(requests).toEqual(['implementation', 'check', 'implementation', 'check', 'testing']);
    expect(JSON.stringify(server.requests[2]?.body)).toContain('Empty names are taken.');
    await decideRun(orchestrator, result.workflow_id, { decision: 'approved' });
    const after = await orchestrator.resumeRun(result.workflow_id);
    expect(after.status).toBe('completed');
    expect(server.requests.slice(5).map(({ taskType }) => taskType)).toEqual(['deployment']);
  });

  it.each([
    ['after three rounds', ['One.', 'Two.', 'Three.'], 'limit'],
    ['where the review finds the same again', ['One.', 'One.'], 'no_progress'],
  ])('goes on without approval %s, shows its findings to whoever is asked, and does not deploy after a no', async (_, findings, ended) => {
    const { orchestrator, events, result, requests } = await reviewed(findings.map(needsWork));
    expect(result.status).toBe('waiting');
    expect(requests.filter((taskType) => taskType === 'check')).toHaveLength(findings.length);
    expect((await orchestrator.loadRun(result.workflow_id)).tasks.get('review_rounds')).toMatchObject({
      status: 'completed',
      outputs: { ended },
    });
    const [asked] = eventsOfType(events, 'task.asked');
    expect(asked?.data.ask).toBe('The review says: needs_work. May this be deployed?');
    expect(asked?.data.shown.map(({ path }) => path)).toContain(`02-review_rounds-${findings.length}-review.md`);
    await decideRun(orchestrator, result.workflow_id, { decision: 'rejected', comment: 'Ask for a name.' });
    await orchestrator.resumeRun(result.workflow_id, { whileWaiting: 'rest' });
    expect((await orchestrator.loadRun(result.workflow_id)).tasks.get('deployment')?.status).not.toBe('completed');
  });
});

describe('plan_and_build', () => {
  const step = (id: string, role: string, taskType: TeamTaskType, dependsOn: string[] = []) => ({
    id,
    role,
    task_type: taskType,
    description: `Do ${id}.`,
    expects: 'files',
    depends_on: dependsOn,
  });
  const plan = { steps: [step('build', 'developer', 'implementation'), step('test', 'qa_engineer', 'testing', ['build'])] };

  it.each([
    ['approved', [], ['plan', 'implementation', 'testing', 'check']],
    [
      'needs_work',
      [{ file: '', line: 0, severity: 'major', text: 'Empty names are taken.' }],
      ['plan', 'implementation', 'testing', 'check', 'implementation'],
    ],
  ])('does the planned steps, has them judged, and corrects what was found: %s', async (verdict, findings, asked) => {
    let versions = 0;
    const { engine, server } = await teamOnFake({
      settings: { max_concurrent_agents: 1 },
      server: {
        reply: ({ taskType }) => {
          if (taskType === 'plan') return JSON.stringify(plan);
          if (taskType === 'check') return JSON.stringify({ verdict, findings });
          return teamReply({ taskType: taskType as TeamTaskType, seed: (versions += 1) });
        },
      },
    });
    const result = await engine.executeWorkflow('plan_and_build', 'A todo list.');
    expect(result.status).toBe('completed');
    expect(server.requests.map(({ taskType }) => taskType)).toEqual(asked);
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedNames, templateNames } from '../../src/workflows/shipped-workflows.ts';
import { completedReplies, teamOnFake } from '../support/team-on-fake.ts';
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

const further = shippedNames.filter((name) => !(templateNames as readonly string[]).includes(name));

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
      expect(asked).toContain(JSON.stringify(instructions?.full.split('\n', 1)[0]).slice(1, -1));
    }
    const folder = join(orchestrator.outputFolder, 'generated', result.workflow_id);
    const written = Object.values(result.tasks).flatMap(({ result: each }) => each?.files_created ?? []);
    expect(written.length).toBeGreaterThanOrEqual(steps.length);
    expect(written.filter(({ path }) => !existsSync(join(folder, path.split('/').slice(2).join('/'))))).toEqual([]);
  });
});

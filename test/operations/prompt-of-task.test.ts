import { describe, expect, it } from 'vitest';
import { promptOfTask } from '../../src/operations/prompt-of-task.ts';
import { replyOfTask } from '../../src/operations/reply-of-task.ts';
import { taskOfRun } from '../../src/operations/task-of-run.ts';
import { chatMessageText } from '../../src/llm/chat/chat-message-text.ts';
import { teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { messageParams } from '../../src/llm/chat/wire-messages.ts';
import { repliesOf } from '../../src/state/run/activities-of.ts';

const replies = replyAsTeam();

describe('the prompt of a task', () => {
  it.each([
    ['one after the other', { max_concurrent_agents: 1 }, 16_384],
    ['with the role in the system message', { max_concurrent_agents: 1, prompt_layout: 'per_role' as const }, 16_384],
    ['with earlier replies cut to digests', { max_concurrent_agents: 1 }, 4096],
  ])('is what the server was sent: %s', async (_, settings, contextTokens) => {
    const team = await teamOnFake({ settings, server: { contextTokens } });
    const { workflow_id: run } = await team.engine.executeWorkflow('feature_development', 'Build a bookmark manager.');
    const state = await team.orchestrator.loadRun(run);
    for (const task of state.tasks.values()) {
      if (task.activities.length === 0) continue;
      const sent = team.server.requests.findLast(({ taskType }) => taskType === task.taskType)?.body['messages'];
      const shown = promptOfTask(state, task).map((message) => ({ role: message.role, content: chatMessageText(message) }));
      expect(shown, task.task).toEqual((sent as { role: string }[]).slice(0, shown.length));
    }
  });

  it('is what was sent, also where a profile keeps the reasoning of earlier replies in it', async () => {
    const team = await teamOnFake({
      settings: { max_concurrent_agents: 1, model_profiles: [{ match: 'fake', reasoning: 'keep' }] },
      server: { reply: (request) => ({ text: replies(request), reasoning: `Pondering ${request.taskType}.` }) },
    });
    const { workflow_id: run } = await team.engine.executeWorkflow('analysis', 'A bookmark manager.');
    const state = await team.orchestrator.loadRun(run);
    const task = [...state.tasks.values()].at(-1);
    const shown = promptOfTask(state, task!).flatMap(messageParams);
    expect(shown).toEqual(team.server.requests.at(-1)?.body['messages']);
    expect(JSON.stringify(shown)).toContain('Pondering requirements_gathering.');
  });

  it('holds the first exchange where a reply was corrected, and the reply is the last one', async () => {
    let asked = 0;
    const team = await teamOnFake({
      settings: { max_concurrent_agents: 1 },
      server: { reply: (request) => (request.taskType !== 'bug_fix' || (asked += 1) > 1 ? replies(request) : 'No file here.') },
    });
    const { workflow_id: run } = await team.engine.executeWorkflow('bug_fix', 'It crashes.');
    const state = await team.orchestrator.loadRun(run);
    const task = [...state.tasks.values()].find(({ taskType }) => taskType === 'bug_fix');
    const texts = promptOfTask(state, task!).map(chatMessageText);
    expect(texts.at(-2)).toBe('No file here.');
    expect(replyOfTask(state, task!)).toBe(repliesOf(task!)[1]?.text);
    expect(taskOfRun(state, '2')).toBe(task);
    expect(() => taskOfRun(state, '9')).toThrow(expect.objectContaining({ code: 'run.unknown_task' }));
    expect(() => taskOfRun(state, 'bugfix')).toThrow(
      expect.objectContaining({ code: 'run.unknown_task', hint: expect.stringContaining('Did you mean bug_fix?') as string }),
    );
  });
});

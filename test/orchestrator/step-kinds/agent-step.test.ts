import { expect, it } from 'vitest';
import { BaseAgent } from '../../../src/agents/base-agent.ts';
import type { AgentReply, TaskSession } from '../../../src/agents/task-session.ts';
import type { Task } from '../../../src/agents/task.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';

class Keeper extends BaseAgent {
  readonly tasks: Task[] = [];
  constructor() {
    super({ id: 'keeper', role: 'keeper', title: 'Keeper' });
  }
  override getSystemPrompt(): string {
    return 'You keep what you did.';
  }
  override processTask(task: Task, session: TaskSession): Promise<AgentReply> {
    this.tasks.push(task);
    if (task.description === 'Fail.') throw new Error('on purpose');
    return super.processTask(task, session);
  }
}

it('tells an agent that keeps its tasks what came of them', async () => {
  const keeper = new Keeper();
  const { orchestrator } = await teamOnFake({ orchestrator: { agents: [keeper] }, server: { reply: () => ({ text: 'Kept well.' }) } });
  await orchestrator.executeTask({ taskType: 'note', description: 'Note it.', requirement: 'Anything.' }, 'keeper');
  await orchestrator.executeTask({ taskType: 'note', description: 'Fail.', requirement: 'Anything.' }, 'keeper');
  expect(keeper.tasks).toMatchObject([
    { result: 'Kept well.', completedAt: expect.any(Number) as number },
    { error: 'on purpose', completedAt: expect.any(Number) as number },
  ]);
  expect(keeper.tasks[0]).not.toHaveProperty('error');
});

import { describe, expect, it } from 'vitest';
import { BaseAgent } from '../../src/agents/base-agent.ts';
import { createTeam } from '../../src/agents/create-team.ts';
import { builtInRoles } from '../../src/agents/role-catalogue.ts';
import type { AgentReply, InstructionStyle, TaskSession } from '../../src/agents/task-session.ts';
import type { Task } from '../../src/agents/task.ts';

const task: Task = {
  taskId: 'review',
  taskType: 'security_review',
  description: 'Look for ways in.',
  expects: 'text',
  step: { number: 2, of: 3 },
  context: {},
  priority: 1,
  dependencies: [],
  createdAt: 0,
};

class Reviewer extends BaseAgent {
  constructor() {
    super({ id: 'sec_001', role: 'security_reviewer', title: 'Security Reviewer' });
  }
  override getSystemPrompt(): string {
    return 'You trust nothing.';
  }
}

function session(
  answer: (message: string) => Promise<AgentReply>,
  style: InstructionStyle = { length: 'full', layout: 'transcript' },
): TaskSession {
  return { style, signal: new AbortController().signal, ask: answer };
}

describe('BaseAgent', () => {
  it('needs only a system prompt: its message names the step, the role, and what to deliver, the role last in the transcript', () => {
    expect(new Reviewer().composeMessage(task, { length: 'full', layout: 'transcript' })).toBe(
      '# Step 2 of 3: security_review\n\nYou act as the Security Reviewer.\n\nYou trust nothing.\n\nLook for ways in.\n\nDeliver one Markdown text and no files.',
    );
  });

  it('leaves the role out of the message in the per-role layout', () => {
    const message = new Reviewer().composeMessage({ ...task, expects: 'files' }, { length: 'full', layout: 'per_role' });
    expect(message).toBe('# Step 2 of 3: security_review\n\nLook for ways in.\n\nDeliver complete files.');
  });

  it('is working while its task runs, then idle no more, and counts what it completed', async () => {
    const agent = new Reviewer();
    const asked = Promise.withResolvers<AgentReply>();
    expect(agent.getStatus()).toMatchObject({ status: 'idle', currentTasks: [], completedTasks: 0 });
    const running = agent.runTask(
      task,
      session(() => asked.promise),
    );
    expect(agent.getStatus()).toMatchObject({ status: 'working', currentTasks: ['review'] });
    asked.resolve({ text: 'Fine.', finishReason: 'stop' });
    expect(await running).toEqual({ text: 'Fine.', finishReason: 'stop' });
    expect(agent.getStatus()).toMatchObject({ status: 'completed', currentTasks: [], completedTasks: 1 });
  });

  it('is in error after a failure, which it passes on', async () => {
    const agent = new Reviewer();
    await expect(
      agent.runTask(
        task,
        session(() => Promise.reject(new Error('gone'))),
      ),
    ).rejects.toThrow('gone');
    expect(agent.getStatus()).toMatchObject({ status: 'error', completedTasks: 0 });
  });

  it('remembers the latest hundred messages, oldest first', () => {
    const agent = new Reviewer();
    for (let number = 0; number < 120; number += 1) {
      agent.receiveMessage({ fromAgent: 'a', toAgent: null, messageType: 'note', content: { number }, timestamp: number });
    }
    expect(agent.messages).toHaveLength(100);
    expect(agent.messages[0]?.content['number']).toBe(20);
  });
});

describe('createTeam', () => {
  it('makes the roles there are, without those that are switched off', () => {
    const team = createTeam(builtInRoles(), { qa_engineer: { enabled: false, config: {} } });
    const others = builtInRoles().roles.filter(({ id }) => id !== 'qa_engineer');
    expect(team.map(({ id }) => id)).toEqual(others.map(({ agentId }) => agentId));
    expect(team.length).toBeGreaterThanOrEqual(4);
  });

  it('tells a role what its settings prefer', () => {
    const [, developer] = createTeam(builtInRoles(), { developer: { enabled: true, config: { languages: ['Rust', 'Zig'] } } });
    expect(developer?.getSystemPrompt()).toContain('Rust, Zig');
  });
});

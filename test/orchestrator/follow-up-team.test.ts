import { describe, expect, it } from 'vitest';
import { type AgentMessage, BaseAgent } from '../../src/agents/base-agent.ts';
import type { Task } from '../../src/agents/task.ts';
import type { TaskSession } from '../../src/agents/task-session.ts';
import type { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

/** Takes the developer's place, and tells the tester of everything it does. */
class TalkativeDeveloper extends BaseAgent {
  constructor() {
    super({ id: 'talkative_001', role: 'developer', title: 'Developer' });
  }

  getSystemPrompt(): string {
    return 'You write code.';
  }

  override async processTask(task: Task, session: TaskSession) {
    const reply = await super.processTask(task, session);
    await this.tell(`done: ${task.taskType}`);
    return reply;
  }

  tell(text: string): Promise<void> {
    return this.sendMessage({ toAgent: 'qa_001', messageType: 'note', content: { text }, timestamp: 0 });
  }
}

const requirement = 'Build a bookmark manager.';

async function talkativeTeam() {
  const developer = new TalkativeDeveloper();
  const reply = ({ taskType = '' }) => `\`\`\`python:test_${taskType}.py\ndef test_it():\n    assert ${JSON.stringify(taskType)}\n\`\`\`\n`;
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    server: { reply },
    orchestrator: { agents: [developer] },
  });
  const heard: AgentMessage[] = [];
  team.orchestrator.bus.listen((message) => void heard.push(message));
  const first = await team.engine.executeWorkflow('bug_fix', requirement);
  heard.length = 0;
  team.events.length = 0;
  return { ...team, developer, heard, run: first.workflow_id };
}

const followUps: [string, (orchestrator: AgentOrchestrator, run: string) => Promise<{ status: string }>][] = [
  ['retried', (orchestrator, run) => orchestrator.retryRun(run, { task: 'bug_fix' })],
  ['run again from a task on', (orchestrator, run) => orchestrator.rerunFrom(run, { from: 'bug_fix' })],
  ['refined', (orchestrator, run) => orchestrator.refineRun(run, { request: 'Also sort them.', followedBy: ['testing'] })],
];

describe.each(followUps)('when a run is %s, agents of the caller', (_, followUp) => {
  it('stay on the bus of their orchestrator', async () => {
    const { orchestrator, developer, heard, run } = await talkativeTeam();
    expect(await followUp(orchestrator, run)).toMatchObject({ status: 'completed' });
    heard.length = 0;
    await developer.tell('afterwards');
    expect(heard.map(({ content }) => content)).toEqual([{ text: 'afterwards' }]);
    expect(orchestrator.getAgentByRole('qa_engineer').messages.at(-1)?.content).toEqual({ text: 'afterwards' });
  });

  it('are heard there while the run goes on, with its hand-overs, and in its journal', async () => {
    const { orchestrator, heard, run, events } = await talkativeTeam();
    await followUp(orchestrator, run);
    const told = heard.filter(({ messageType }) => messageType === 'note').map(({ content }) => content['text']);
    expect(told).toHaveLength(1);
    expect(heard.some(({ messageType }) => messageType === 'hand_over')).toBe(true);
    const journaled = eventsOfType(events, 'message.sent').map(({ data }) => data.content);
    expect(journaled).toEqual(heard.map(({ content }) => content));
  });
});

it('a role whose settings are others today works by those of the start, and hears what is said to it', async () => {
  const { orchestrator: earlier, run, workspace, server } = await talkativeTeam();
  await earlier.close();
  const developer = new TalkativeDeveloper();
  const { orchestrator } = await teamOnFake({
    settings: {
      workspace,
      output_directory: `${workspace}/output`,
      llm_base_url: server.address,
      agents: { qa_engineer: { enabled: false }, technical_writer: { config: { style_guide: 'rhymes only' } } },
    },
    orchestrator: { workspace, agents: [developer] },
  });
  const before = server.requests.length;
  const result = await orchestrator.rerunFrom(run, { from: 'bug_fix' });
  expect(result.status).toBe('completed');
  expect(JSON.stringify(server.requests.slice(before).map(({ body }) => body))).not.toContain('rhymes only');
  expect(result.tasks['regression_testing']).toMatchObject({ agent_role: 'qa_engineer', status: 'completed' });
  expect(orchestrator.agents.map(({ role }) => role)).not.toContain('qa_engineer');
  // Who only helped with that run is gone again.
  await developer.tell('afterwards');
  expect(orchestrator.agents.flatMap(({ messages }) => messages).filter(({ messageType }) => messageType === 'note')).toEqual([]);
});

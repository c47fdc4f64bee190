import { describe, expect, it } from 'vitest';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const team = () => new AgentOrchestrator({ workspace: temporaryFolder() });
const received = (orchestrator: AgentOrchestrator) => orchestrator.agents.filter(({ messages }) => messages.length > 0).map(({ id }) => id);

describe('the message bus', () => {
  it('brings a message to the one it is for, and to nobody else', async () => {
    const orchestrator = team();
    await orchestrator.getAgentByRole('developer').sendMessage({ toAgent: 'qa_001', messageType: 'question', content: {}, timestamp: 1 });
    expect(received(orchestrator)).toEqual(['qa_001']);
    expect(orchestrator.getAgentById('qa_001').messages[0]).toMatchObject({ fromAgent: 'dev_001', messageType: 'question' });
  });

  it('brings a specialist, who is no member of the team, what is for it alone', async () => {
    const orchestrator = team();
    const specialist = orchestrator.getAgentByRole('security');
    expect(orchestrator.agents).not.toContain(specialist);
    await orchestrator.broadcastMessage({ fromAgent: 'ba_001', messageType: 'note', content: {} });
    expect(specialist.messages).toEqual([]);
    const message = { toAgent: specialist.id, messageType: 'question', content: {}, timestamp: 1 };
    await orchestrator.getAgentByRole('developer').sendMessage(message);
    expect(specialist.messages).toMatchObject([{ fromAgent: 'dev_001', messageType: 'question' }]);
  });

  it('brings a broadcast to everyone but the sender', async () => {
    const orchestrator = team();
    await orchestrator.broadcastMessage({ fromAgent: 'ba_001', messageType: 'note', content: { text: 'hello' } });
    expect(received(orchestrator)).toEqual(['dev_001', 'qa_001', 'devops_001', 'writer_001']);
  });

  it('tells listeners before the message is delivered, until they have had enough', async () => {
    const orchestrator = team();
    const heard: number[] = [];
    const stop = orchestrator.bus.listen(() => void heard.push(received(orchestrator).length));
    await orchestrator.broadcastMessage({ fromAgent: 'ba_001', messageType: 'note', content: {} });
    stop();
    await orchestrator.broadcastMessage({ fromAgent: 'ba_001', messageType: 'note', content: {} });
    expect(heard).toEqual([0]);
  });

  it('keeps the hand-overs of two runs of one team apart', async () => {
    const { engine, events } = await teamOnFake({ server: { slots: 2 } });
    const requirement = 'A shop.';
    const results = await Promise.all([engine.executeWorkflow('bug_fix', requirement), engine.executeWorkflow('bug_fix', requirement)]);
    for (const { workflow_id: run } of results) {
      const handOvers = eventsOfType(events, 'message.sent').filter(({ correlation }) => correlation === run);
      const told = handOvers.map(({ data: { content } }) => `${String(content['task'])} to ${String(content['for'])}`);
      expect(new Set(told).size).toBe(told.length);
      expect(told).toHaveLength(3);
    }
  });

  it('names the roles and ids there are when asked for one that is not there', () => {
    const orchestrator = team();
    expect(() => orchestrator.getAgentByRole('designer')).toThrow(
      expect.objectContaining({ code: 'agent.unknown', hint: expect.stringContaining('developer') as string }),
    );
    expect(() => orchestrator.getAgentById('dev_002')).toThrow(
      expect.objectContaining({ code: 'agent.unknown', hint: expect.stringContaining('dev_001') as string }),
    );
  });
});

import { describe, expect, it, test } from 'vitest';
import { agentDuties } from '../../src/operations/agent-duties.ts';
import { answerQuery } from '../../src/operations/answer-query.ts';
import { cancelRun } from '../../src/operations/cancel-run.ts';
import { listRuns } from '../../src/operations/list-runs.ts';
import { botserverAgents } from '../../src/llm/providers/botserver/botserver-agents.ts';
import { chatText } from '../support/chat-text.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

describe('a question to an agent of the team', () => {
  test.each(botserverAgents)('the agent %s is played by a role that there is, and is told what it is asked as', async (agent) => {
    const { orchestrator, server } = await teamOnFake({ server: { reply: () => 'Sorted lists come from sorted().' } });
    const { role, as } = agentDuties()[agent];
    const answer = await answerQuery(orchestrator, { agent, query: 'How is a list sorted?' });
    expect(answer).toMatchObject({ output: 'Sorted lists come from sorted().', exitCode: 0, finishReason: 'stop', role });
    expect(orchestrator.getAgentByRole(role).role).toBe(role);
    const asked = chatText(server.requests[0]);
    expect(asked).toContain('# Requirement\n\nHow is a list sorted?');
    expect(asked).toContain(`You answer as ${as}.`);
  });

  it('is a run, so that nothing of it is lost, and says what it cost', async () => {
    const { orchestrator } = await teamOnFake({ server: { reply: () => 'It is written like this.' } });
    const { run, usage } = await answerQuery(orchestrator, { agent: 'docs', query: 'How is it written?' });
    expect(await listRuns(orchestrator)).toMatchObject([{ run, status: 'completed' }]);
    expect(usage.promptTokens).toBeGreaterThan(0);
    expect(usage.replyTokens).toBeGreaterThan(0);
  });

  it('gets the reply byte for byte, with the files that it quotes, and writes none of them', async () => {
    const reply = 'Here it is.\n\n```python:src/a.py\nprint("a")\n```\n\n```python:../../evil.py\nprint("b")\n```\n';
    const { orchestrator, events } = await teamOnFake({ server: { reply: () => reply } });
    expect(await answerQuery(orchestrator, { agent: 'builder', query: 'Write a.py.' })).toMatchObject({ output: reply, exitCode: 0 });
    const written = events.flatMap(({ type, data }) => (type === 'artifact.written' ? [data.path] : []));
    expect(written).toEqual(['01-answer.md']);
  });

  it('that is not answered says why, with what was replied', async () => {
    const { orchestrator } = await teamOnFake({ server: { reply: () => 'Sorry, I cannot do that.' } });
    const answer = await answerQuery(orchestrator, { agent: 'git', query: 'Rewrite the history.' });
    expect(answer).toMatchObject({ exitCode: 1, error: { code: expect.stringMatching(/^reply\./) } });
    expect(answer.output).toContain('Sorry, I cannot do that.');
  });

  it('that somebody else has ended was not answered', async () => {
    const { orchestrator, server, events } = await teamOnFake({ server: { pace: 'manual' } });
    const answering = answerQuery(orchestrator, { agent: 'docs', query: 'How is it written?' });
    await server.gate.waiting(1);
    await cancelRun(orchestrator, events[0]!.correlation);
    expect(await answering).toMatchObject({
      exitCode: 1,
      error: { code: 'run.failed', message: 'The question was not answered.' },
    });
  });

  it('rejects where there is no model, and where it was stopped', async () => {
    const { orchestrator, server } = await teamOnFake();
    const stopped = AbortSignal.abort(new Error('enough'));
    await expect(answerQuery(orchestrator, { agent: 'test', query: 'Why?' }, { signal: stopped })).rejects.toThrow('enough');
    await server.close();
    const other = await teamOnFake({ settings: { llm_base_url: server.address } });
    await expect(answerQuery(other.orchestrator, { agent: 'test', query: 'Why?' })).rejects.toMatchObject({ category: 'model' });
  });
});

import { describe, expect, it } from 'vitest';
import { listRuns } from '../../../src/operations/list-runs.ts';
import { connectWork } from '../../llm/providers/connect-support.ts';
import { streamed } from '../../llm/model-on-fake.ts';
import { botcoderOnFake } from '../../support/botcoder-on-fake.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';
import { teamReplyFiles } from '../../support/team-replies.ts';

const team = (base_url: string, model?: string) => ({ team: { kind: 'botserver', base_url, ...(model === undefined ? {} : { model }) } });

describe('the provider botserver and multiagent serve --botcoder', () => {
  it('understand each other: an agent answers, and says what it cost and who it was', async () => {
    const { serving, server } = await botcoderOnFake();
    const model = (await connectWork('botserver', { address: serving.address, model: 'docs' })).model();
    const { text, end } = await streamed(model);
    expect(text).toBe('The answer of a team that was asked for answer.');
    expect(end).toMatchObject({ finishReason: 'stop', usage: { promptTokens: server.requests[0]?.promptTokens } });
  });

  it('carry a whole run: files of each agent are written where the run is, and the other side keeps a run for each question', async () => {
    const { serving, orchestrator: theirs, news } = await botcoderOnFake();
    const { engine, events } = await teamOnFake({
      settings: {
        providers: team(serving.address),
        llm_provider: 'team',
        agents: { qa_engineer: { model: 'team/test' }, technical_writer: { model: 'team/11' } },
      },
    });
    const result = await engine.executeWorkflow('feature_development', 'A todo list.');
    expect(result).toMatchObject({ status: 'completed', egress: { hosts: [] } });
    const written = eventsOfType(events, 'artifact.written').map(({ data }) => data.path);
    for (const { path } of teamReplyFiles({ taskType: 'implementation' })) expect(written).toContain(path);
    const asked = news.flatMap((one) => (one.type === 'asked' ? [one.agent] : []));
    expect(asked).toEqual(['builder', 'builder', 'builder', 'test', 'builder', 'docs']);
    expect((await listRuns(theirs)).map(({ status }) => status)).toEqual(asked.map(() => 'completed'));
  });

  it('fall back where a person has said so: an agent that fails is told, and the model of this machine goes on', async () => {
    const { serving } = await botcoderOnFake({ server: { reply: () => 'Sorry, I cannot do that.' } });
    const { engine, events } = await teamOnFake({
      settings: { providers: team(serving.address), llm_provider: 'team', fallback: ['default'] },
    });
    const result = await engine.executeWorkflow('quick_answer', 'Why?');
    expect(eventsOfType(events, 'model.fell_back').map(({ data }) => data)).toMatchObject([
      {
        from: 'team',
        to: 'default',
        at: 'call',
        why: expect.stringMatching(/^The agent builder of the provider team .* failed \(exit code 1\)/),
      },
    ]);
    expect(result.fallbacks).toHaveLength(1);
  });

  it('end together: a run that is stopped hangs up, and what the other side writes for it ends', async () => {
    const { serving, server, news } = await botcoderOnFake({ server: { pace: 'manual' } });
    const model = (await connectWork('botserver', { address: serving.address })).model();
    const stop = new AbortController();
    const answering = streamed(model, { signal: stop.signal });
    await server.gate.waiting(1);
    stop.abort(new Error('enough'));
    expect((await answering).error).toMatchObject({ message: 'enough' });
    await server.waitUntil(({ requests }) => requests[0]?.outcome === 'aborted');
    await expect.poll(() => news.at(-1)?.type, { timeout: 20_000 }).toBe('left');
  });

  it('agree on what is too long: the context is told, and the run cuts what it says', async () => {
    const { serving } = await botcoderOnFake({ server: { contextTokens: 2048 } });
    const model = (await connectWork('botserver', { address: serving.address })).model();
    const { error } = await streamed(model, { messages: [{ role: 'user', content: [{ type: 'text', text: 'word '.repeat(4000) }] }] });
    expect(error).toMatchObject({ kind: 'overflow', code: 'model.overflow' });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { variedWords } from '../support/varied-words.ts';

const requirement = 'Build a bookmark manager.';
const settings = { max_concurrent_agents: 1 };
const team = replyAsTeam();

/** A model that goes on where a turn asks it for the rest, as one should. */
function goingOn(whole: ReturnType<typeof replyAsTeam>) {
  return (request: RequestRecord) => {
    const [said, asked] = request.messages.slice(-2);
    return whole(request).slice(asked?.content.startsWith('Your reply was cut off') === true ? said?.content.length : 0);
  };
}

describe('the budget of a run', () => {
  it('lets a run with replies of 2,500 tokens complete in 16,384 of context, every cut an event and a line of the report', async () => {
    const { engine, server, events, orchestrator } = await teamOnFake({
      settings,
      server: { contextTokens: 16_384, reply: replyAsTeam({ tokens: 2500 }) },
    });
    const result = await engine.executeWorkflow('feature_development', requirement);
    expect([result.status, result.error]).toEqual(['completed', null]);
    expect(server.requests.reduce((sum, { replyTokens }) => sum + replyTokens, 0)).toBeGreaterThan(6 * 2300);
    const cuts = eventsOfType(events, 'transcript.cut');
    expect(cuts.length).toBeGreaterThan(0);
    expect(result.cuts.map(({ epoch }) => epoch)).toEqual(cuts.map(({ data }) => data.epoch));
    const summary = readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8');
    for (const { data } of cuts) {
      const tasks = data.cuts.map(({ task }) => task).join(', ');
      expect(summary).toContain(`- ${data.reason} Shortened for all later tasks: ${tasks}.`);
    }
  });

  it('never asks for more than there is room for, also when a reply is continued', async () => {
    const { engine, server } = await teamOnFake({ settings, server: { contextTokens: 16_384, reply: replyAsTeam({ tokens: 2500 }) } });
    await engine.executeWorkflow('feature_development', requirement);
    expect(server.requests.filter(({ prefill }) => prefill !== undefined).length).toBeGreaterThan(0);
    for (const { promptTokens, body } of server.requests) {
      expect(promptTokens + Number(body['max_tokens'])).toBeLessThanOrEqual(16_384);
    }
  });

  it('never asks for more where replies are continued by a turn, because the template refuses to go on', async () => {
    const { engine, server } = await teamOnFake({
      settings,
      server: { contextTokens: 16_384, prefill: 'refused', reply: goingOn(replyAsTeam({ tokens: 2500 })) },
    });
    const result = await engine.executeWorkflow('feature_development', requirement);
    expect(result.error).toBeNull();
    const turns = server.requests.filter(
      ({ messages }) => messages.at(-2)?.role === 'assistant' && messages.at(-1)?.content.startsWith('Your reply was cut'),
    );
    expect(turns.length).toBeGreaterThan(0);
    expect(server.requests.filter(({ outcome }) => outcome !== 'finished')).toEqual([]);
    for (const { promptTokens, body } of server.requests) {
      expect(promptTokens + Number(body['max_tokens'])).toBeLessThanOrEqual(16_384);
    }
  });

  const count = '/v1/chat/completions/input_tokens';
  const ask = '/v1/chat/completions';

  it.each([
    // The first count is the plan of the run; the repetition of a call that failed at once is the same prompt.
    [
      'counts before each request with the server, once where nothing has changed',
      5_000,
      [count, count, ask, count, ask, ask, count, ask, count, ask],
    ],
    ['counts only for its plan where the bytes of each prompt prove that it fits', 100_000, [count, ask, ask, ask, ask, ask]],
  ])('%s', async (_, contextTokens, expected) => {
    const { engine, server } = await teamOnFake({
      settings,
      server: { contextTokens, faults: [{ when: 1, fault: { kind: 'status', status: 503 } }] },
    });
    await engine.executeWorkflow('analysis', requirement);
    const paths = server.calls.map(({ path }) => path).filter((path) => path.startsWith('/v1/chat'));
    expect(paths).toEqual(expected);
    for (const { promptTokens, body } of server.requests)
      expect(promptTokens + Number(body['max_tokens'])).toBeLessThanOrEqual(contextTokens);
  });

  it('works with an estimate where the server cannot count, corrected by what it tells, and still fits', async () => {
    const { engine, server, events } = await teamOnFake({
      settings,
      server: { contextTokens: 16_384, countsTokens: 'no', reply: replyAsTeam({ tokens: 2500 }) },
    });
    const result = await engine.executeWorkflow('feature_development', requirement);
    expect(result.error).toBeNull();
    expect(server.requests.filter(({ outcome }) => outcome === 'overflow')).toEqual([]);
    expect(eventsOfType(events, 'transcript.cut').length).toBeGreaterThan(0);
    // It is found out once that the server cannot count.
    expect(server.calls.filter(({ path }) => path.endsWith('input_tokens')).length).toBeLessThanOrEqual(2);
  });

  it('is kept on a server that tells nothing, with the context from the settings', async () => {
    const { engine, server, events } = await teamOnFake({
      settings: { ...settings, llm_context_tokens: 16_384 },
      server: { contextTokens: 16_384, missingPaths: ['/props', '/slots', '/health'], reply: goingOn(replyAsTeam({ tokens: 1500 })) },
    });
    const result = await engine.executeWorkflow('feature_development', requirement);
    expect(result.error).toBeNull();
    expect(eventsOfType(events, 'run.budgeted').map(({ data }) => data.contextTokens)).toEqual([16_384]);
    expect(server.requests.filter(({ outcome }) => outcome === 'overflow')).toEqual([]);
  });

  it('refuses a requirement that cannot fit before anything is asked, with both numbers and the setting to change', async () => {
    const { engine, server, events } = await teamOnFake({ settings, server: { contextTokens: 4096 } });
    const result = await engine.executeWorkflow('analysis', 'word '.repeat(6000));
    expect(result.error).toMatch(/take \d{4,} tokens, and the model's context has 4096 for them and the reply/);
    const [failed] = eventsOfType(events, 'task.failed');
    expect(failed?.data.error).toMatchObject({
      code: 'model.overflow',
      hint: expect.stringMatching(/llama-server -c \d+ or more; LLAMA_CTX_SIZE/),
    });
    expect(server.requests).toEqual([]);
  });

  it('fails a reply that outgrows the context with what arrived, and does not begin it again', async () => {
    const { engine, server, events } = await teamOnFake({
      settings,
      server: {
        contextTokens: 4096,
        reply: (request) =>
          request.taskType === 'documentation_creation' ? `\`\`\`text:words.txt\n${variedWords(1, 9000)}` : team(request),
      },
    });
    const result = await engine.executeWorkflow('documentation', requirement);
    expect(result.tasks['documentation_creation']).toMatchObject({ status: 'failed' });
    const arrived = server.requests.filter(({ taskType }) => taskType === 'documentation_creation').map(({ replyText }) => replyText);
    expect(arrived.length).toBeGreaterThan(1);
    const whole = arrived.join('');
    expect(`\`\`\`text:words.txt\n${variedWords(1, 9000)}`.startsWith(whole)).toBe(true);
    const kept = events.findLast((event) => event.type === 'activity.failed' || event.type === 'activity.completed');
    expect(kept?.data).toMatchObject({ text: whole });
  });
});

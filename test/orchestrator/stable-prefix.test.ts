import { describe, expect, it } from 'vitest';
import { templateNames } from '../../src/workflows/shipped-workflows.ts';
import { unexplainedShrinking } from '../support/prefix-guard.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';

const requirement = 'Build a bookmark manager.';
const settings = { max_concurrent_agents: 1 };

describe('what the server holds of a run', () => {
  it.each(templateNames)('is the beginning of each next request: %s', async (workflow) => {
    const { engine, server, events } = await teamOnFake({ settings });
    await engine.executeWorkflow(workflow, requirement, { files: [{ path: 'a.py', content: 'x = 1\n' }] });
    expect(server.requests.length).toBeGreaterThan(2);
    expect(unexplainedShrinking({ requests: server.requests, events })).toEqual([]);
  });

  it('stays so over continuations and broken streams', async () => {
    const { engine, server, events } = await teamOnFake({
      settings,
      server: { faults: [0, 2].map((when) => ({ when, fault: { kind: 'break', afterChunks: 9 } as const })) },
    });
    await engine.executeWorkflow('analysis', requirement);
    expect(server.requests).toHaveLength(6);
    expect(unexplainedShrinking({ requests: server.requests, events })).toEqual([]);
  });

  it('shrinks by a cut or a corrective turn, and an event says so', async () => {
    const replies = replyAsTeam({ tokens: 1500 });
    const { engine, server, events } = await teamOnFake({
      settings,
      server: {
        contextTokens: 8192,
        reply: (request) => {
          const corrected = JSON.stringify(request.body).includes('contained no file');
          return request.taskType === 'implementation' && !corrected ? 'No file.' : replies(request);
        },
      },
    });
    await engine.executeWorkflow('feature_development', requirement);
    expect(eventsOfType(events, 'transcript.cut').length).toBeGreaterThan(0);
    expect(unexplainedShrinking({ requests: server.requests, events })).toEqual([]);
    const silent = events.filter(({ type }) => type !== 'transcript.cut');
    expect(unexplainedShrinking({ requests: server.requests, events: silent })).not.toEqual([]);
  });

  it('is noticed where it shrinks without a word: each role its own system message', async () => {
    const { engine, server, events } = await teamOnFake({ settings: { ...settings, prompt_layout: 'per_role' } });
    await engine.executeWorkflow('analysis', requirement);
    expect(unexplainedShrinking({ requests: server.requests, events })).toHaveLength(3);
  });
});

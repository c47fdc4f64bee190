import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import type { Clock } from '../../src/utils/clock.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

type Entry = NonNullable<SettingsInput['providers']>[string];

/** The hands move only for those who wait for their turn or try again: what looks for changes in the background waits for ever. */
function turnClock(): Clock {
  let now = 1_000_000;
  return {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      if (milliseconds !== 250 && (milliseconds <= 500 || milliseconds === 30_000)) {
        now += milliseconds;
        await new Promise((resolve) => void setImmediate(resolve));
        return;
      }
      await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
    },
  };
}

async function limitedTeam(limits: Partial<Entry>) {
  const work = await startFakeLlamaServer({ reply: replyAsTeam() });
  onTestFinished(() => work.close());
  const clock = turnClock();
  const team = await teamOnFake({
    orchestrator: { clock },
    settings: {
      llm_provider: 'work',
      providers: { work: { kind: 'openai', base_url: work.address, model: 'large', api_key: 'key-of-work', ...limits } },
    },
  });
  return { work, clock, ...team };
}

const starts = (events: Awaited<ReturnType<typeof limitedTeam>>['events']) => eventsOfType(events, 'call.ended').map(({ time }) => time);

describe('a run with a provider that allows only so much in each minute', () => {
  it('waits between its requests, says so, and is done', async () => {
    const { engine, events, clock } = await limitedTeam({ requests_per_minute: 1 });
    const began = clock.now();
    const result = await engine.executeWorkflow('bug_fix', 'Fix the queue.');
    expect(result.status).toBe('completed');
    expect(starts(events).length).toBeGreaterThan(2);
    expect(clock.now() - began).toBeGreaterThanOrEqual((starts(events).length - 1) * 60_000);
    const waited = eventsOfType(events, 'limit.waited').map(({ data }) => data);
    expect(waited.length).toBe(starts(events).length - 1);
    expect(waited[0]).toMatchObject({ provider: 'work' });
    expect(waited[0]?.milliseconds).toBeGreaterThan(50_000);
  });

  it('says nothing of short waits', async () => {
    const { engine, events, clock } = await limitedTeam({ min_interval: 1 });
    const began = clock.now();
    await engine.executeWorkflow('bug_fix', 'Fix the queue.');
    expect(clock.now() - began).toBeGreaterThanOrEqual((starts(events).length - 1) * 1000);
    expect(eventsOfType(events, 'limit.waited')).toEqual([]);
  });

  it('does not begin where one request is more than a minute may have', async () => {
    const { engine, work, events } = await limitedTeam({ tokens_per_minute: 20 });
    await expect(engine.executeWorkflow('quick_answer', 'What is a queue?')).rejects.toMatchObject({
      code: 'limit.request_too_large',
      message: expect.stringMatching(/^A request of about \d+ tokens can never be sent to work: its tokens_per_minute is 20\.$/) as string,
    });
    expect(work.requests).toHaveLength(0);
    expect(events).toEqual([]);
  });

  it('sends nothing before the time that the server has asked for', async () => {
    const { engine, work, clock, events } = await limitedTeam({ requests_per_minute: 100 });
    work.setFault(0, { kind: 'status', status: 429, retryAfter: 30 });
    const began = clock.now();
    const result = await engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect(result.status).toBe('completed');
    expect(work.requests).toHaveLength(2);
    expect((starts(events).at(-1) ?? 0) - began).toBeGreaterThanOrEqual(30_000);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { foldRun } from '../../src/state/run/run-state.ts';
import { egressOfRun } from '../../src/state/run/egress-of-run.ts';
import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

/** The name is that of a server far away, until a connection to it is opened: then it is the fake one. */
vi.mock(import('../../src/llm/destinations/destination.ts'), async (original) => {
  const real = await original();
  const isFar = (host: string) => host === 'models.example';
  return {
    ...real,
    destinationOf: (url, lookUp) =>
      isFar(url.hostname) ? Promise.resolve({ host: url.host, where: 'elsewhere' as const }) : real.destinationOf(url, lookUp),
    systemLookUp: (host) => (isFar(host) ? Promise.resolve([{ address: '127.0.0.1', family: 4 }]) : real.systemLookUp(host)),
  };
});

async function* each(events: readonly JournalEvent[]) {
  yield* await Promise.resolve(events);
}

describe('what left this machine', () => {
  it('is nothing where every call went to a server here, which each call records before it is sent', async () => {
    const { engine, events, server, orchestrator } = await teamOnFake();
    const result = await engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect(result.egress).toMatchObject({ left: 'nothing', hosts: [], calls_unrecorded: 0, sentences: ['Nothing left this machine.'] });
    const calls = eventsOfType(events, 'call.started').map(({ data, sequence }) => ({ ...data, sequence }));
    const sent = eventsOfType(events, 'request.sent');
    expect(calls.length).toBeGreaterThan(0);
    for (const { activity, call, sequence } of calls) {
      const own = sent.find(({ data }) => data.activity === activity && data.call === call);
      expect(own?.data).toMatchObject({ host: new URL(server.address).host, where: 'this_machine' });
      expect(own?.sequence).toBeGreaterThan(sequence);
    }
    const summary = readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toContain('- Nothing left this machine.');
  });

  it('is named by host, with bytes and tokens, where calls went elsewhere', async () => {
    const { server, events } = await teamOnFake();
    const port = new URL(server.address).port;
    const far = await teamOnFake({ settings: { llm_base_url: `http://models.example:${port}`, allow_remote: true } });
    const result = await far.engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect(result.status).toBe('completed');
    expect(server.requests.length).toBeGreaterThan(0);
    const [host, ...others] = result.egress.hosts;
    expect(others).toEqual([]);
    expect(host).toMatchObject({ host: `models.example:${port}`, where: 'elsewhere' });
    const bytes = server.requests.reduce((sum, { body }) => sum + Buffer.byteLength(JSON.stringify(body)), 0);
    expect(host?.bytes).toBeGreaterThanOrEqual(bytes);
    expect(host?.tokens).toBeGreaterThan(0);
    expect(result.egress.sentences[0]).toMatch(/^\d+ bytes and \d+ tokens went to models\.example:\d+ \(elsewhere\), in \d+ requests\.$/);
    expect(eventsOfType(events, 'request.sent')).toEqual([]);
  });

  it('is unknown of a run whose calls did not record where they went', async () => {
    const { engine, events } = await teamOnFake();
    await engine.executeWorkflow('quick_answer', 'What is a queue?');
    const earlier = events.filter(({ type }) => type !== 'request.sent').map((event, index) => ({ ...event, sequence: index + 1 }));
    const egress = egressOfRun(await foldRun(each(earlier)));
    expect(egress).toMatchObject({ left: 'unknown', hosts: [], callsUnrecorded: eventsOfType(events, 'call.started').length });
  });
});

import { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/utils/clock.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

afterEach(() => void vi.restoreAllMocks());

/** What one more step of a chain of text replies takes: what a run costs besides its steps is in both runs. The clock is the real one; with one that never waits, signals are looked for without end. */
async function perStep(count: (server: { calls: readonly { path: string }[] }) => Record<string, number>): Promise<Record<string, number>> {
  const reply = ({ index }: { index: number }) =>
    `Note ${index}: the total of ${index * 7919} is kept with care, and ${['red', 'blue', 'green'][index % 3]} comes before it in part ${index}.`;
  const { orchestrator, server } = await teamOnFake({
    server: { reply, contextTokens: 1_000_000 },
    settings: { max_concurrent_agents: 1 },
    orchestrator: { clock: systemClock },
  });
  const run = async (length: number) => {
    const before = count(server);
    const steps = Array.from({ length }, (_, index) => ({
      id: `s${index}`,
      kind: 'agent' as const,
      role: 'business_analyst',
      task_type: 'requirements_analysis',
      description: `Step ${index}.`,
      expects: 'text' as const,
      depends_on: index === 0 ? [] : [`s${index - 1}`],
      priority: 1,
    }));
    const definition = { name: 'chain', title: 'Chain', description: 'A chain.', steps };
    const result = await orchestrator.executeWorkflow({ definition, requirement: 'Build it.', files: [], context: {} });
    expect(result.status).toBe('completed');
    const after = count(server);
    return Object.fromEntries(Object.keys(after).map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
  };
  await run(2);
  // A busy machine adds some now and then: pieces of a reply that arrive late, a lease that is renewed. The least of several rounds counts.
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round < 3; round += 1) {
    const short = await run(3);
    const long = await run(9);
    rounds.push(Object.fromEntries(Object.keys(long).map((name) => [name, ((long[name] ?? 0) - (short[name] ?? 0)) / 6])));
  }
  const names = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, Math.min(...rounds.map((round) => round[name] ?? Infinity))]));
}

it('a step with a text reply takes at most nine transactions of the journal and 60 statements', async () => {
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  const statements = (['run', 'get', 'all'] as const).map((name) => vi.spyOn(StatementSync.prototype, name));
  const counts = await perStep(() => ({
    commits: exec.mock.calls.filter(([sql]) => sql === 'COMMIT').length,
    statements: [...statements, exec].reduce((sum, { mock }) => sum + mock.calls.length, 0),
  }));
  expect(counts['commits']).toBeLessThanOrEqual(9);
  expect(counts['statements']).toBeLessThanOrEqual(60);
});

it('a step asks the server once, for its reply, where its prompt fits whatever it counts', async () => {
  const counts = await perStep(({ calls }) => ({
    counted: calls.filter(({ path }) => path.endsWith('/input_tokens')).length,
    asked: calls.filter(({ path }) => path.endsWith('/chat/completions')).length,
    all: calls.length,
  }));
  expect(counts).toEqual({ counted: 0, asked: 1, all: 1 });
});

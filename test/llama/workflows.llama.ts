import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { eventsOfType, teamOnLlama } from './team-on-llama.ts';
import { type TokenLedger, tokenLedger } from './token-ledger.ts';

const requirements: Record<string, string> = {
  feature_development: 'A coupon store in Python. A coupon has a code and a discount. List all coupons and search them by code.',
  bug_fix: 'Updating a coupon loses its discount. The coupon store is written in Python; a coupon has a code and a discount.',
  infrastructure: 'Deployment of a coupon store in Python with Docker. A coupon has a code and a discount.',
  documentation: 'Documentation of a coupon store in Python. A coupon has a code and a discount.',
  analysis: 'Is a coupon store in Python worth building? A coupon has a code and a discount.',
};

describe('on one slot', () => {
  const ledgers: (TokenLedger & { workflow: string })[] = [];

  test.each(Object.entries(requirements))('%s completes with files, and reads each token once', async (workflow, requirement) => {
    const { engine, events, workspace } = teamOnLlama({ address: inject('llamaAddress') });
    const result = await engine.executeWorkflow(workflow, requirement);
    expect(Object.values(result.tasks).map(({ status, error }) => error ?? status)).toEqual(
      Object.keys(result.tasks).map(() => 'completed'),
    );
    expect([result.status, result.workflow_completed, result.transcript.turns, result.cuts]).toEqual(['completed', true, 'linear', []]);
    for (const { result: done } of Object.values(result.tasks)) {
      expect(done?.files_created).not.toEqual([]);
      for (const { path, bytes } of done?.files_created ?? []) {
        expect(readFileSync(join(workspace, 'output', 'generated', result.workflow_id, path))).toHaveLength(bytes);
      }
    }
    const ledger = tokenLedger(events);
    ledgers.push({ workflow, ...ledger });
    expect(ledger.read / ledger.fresh).toBeLessThanOrEqual(1.02);
    // Less than what has to be read at least would mean that the definition is wrong.
    expect(ledger.read).toBeGreaterThanOrEqual(ledger.fresh);
  });

  afterAll(() => {
    console.log(
      [
        '| workflow | calls | tokens read | from the cache | written | read ÷ new |',
        '|---|---|---|---|---|---|',
        ...ledgers.map(
          ({ workflow, calls, read, cached, written, fresh }) =>
            `| ${workflow} | ${calls} | ${read} | ${cached} | ${written} | ${(read / fresh).toFixed(3)} |`,
        ),
      ].join('\n'),
    );
  });
});

test('what the events say was read is what the server counts as read', async () => {
  const { engine, events } = teamOnLlama({ address: inject('llamaAddress') });
  const before = await promptTokensOfServer();
  await engine.executeWorkflow('documentation', requirements['documentation'] ?? '');
  const told = eventsOfType(events, 'call.ended').reduce((sum, { data }) => sum + (data.usage?.readTokens ?? Number.NaN), 0);
  expect((await promptTokensOfServer()) - before).toBe(told);
});

test('the measure sees what a transcript of another layout costs', async () => {
  const { engine, events } = teamOnLlama({ address: inject('llamaAddress'), settings: { prompt_layout: 'per_role' } });
  await engine.executeWorkflow('feature_development', requirements['feature_development'] ?? '');
  const { read, fresh } = tokenLedger(events);
  expect(read / fresh).toBeGreaterThan(1.5);
});

/** The server's own counter, over all requests. */
async function promptTokensOfServer(): Promise<number> {
  const metrics = await (await fetch(new URL('/metrics', inject('llamaAddress')))).text();
  return Number(/^llamacpp:prompt_tokens_total (\S+)$/m.exec(metrics)?.[1]);
}

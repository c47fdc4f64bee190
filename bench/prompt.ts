/**
 * Measures what the layout of the prompt is worth on a real llama-server with the tiny model, and what stands between a task and its request; writes both
 * to docs/benchmarks.md: `npm run bench:prompt`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { AgentOrchestrator } from '../src/orchestrator/agent-orchestrator.ts';
import type { LedgerEntry } from '../src/orchestrator/results/run-ledger.ts';
import { WorkflowEngine } from '../src/orchestrator/workflow-engine.ts';
import { templateNames } from '../src/workflows/shipped-workflows.ts';
import { findLlamaServer } from '../test/llama/find-llama-server.ts';
import { startLlamaServer } from '../test/llama/start-llama-server.ts';
import { startFakeLlamaServer } from '../test/support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../test/support/team-replies.ts';
import { measureDispatch, type Dispatch } from './dispatch.ts';

type Layout = 'shared' | 'per_role';

interface Row {
  name: string;
  shared: LedgerEntry;
  perRole: LedgerEntry;
}

const page = join(import.meta.dirname, '..', 'docs', 'benchmarks.md');
const requirement = 'A coupon store in Python. A coupon has a code and a discount. List all coupons and search them by code.';
/** Other programs on the machine disturb such a short time. */
const rounds = 3;

/** What larger models write for a step; the tiny one writes about 150 tokens. */
const longReplies = [200, 1000, 2500];

interface Run {
  address: string;
  workflow: string;
  layout: Layout;
}

async function ledgerOf({ address, workflow, layout }: Run): Promise<LedgerEntry> {
  const workspace = mkdtempSync(join(tmpdir(), 'bench-prompt-'));
  const orchestrator = new AgentOrchestrator({
    workspace,
    config: { workspace, llm_base_url: address, max_concurrent_agents: 1, prompt_layout: layout, llm_temperature: 0 },
  });
  try {
    const { ledger, status, error } = await new WorkflowEngine(orchestrator).executeWorkflow(workflow, requirement);
    if (status !== 'completed') throw new Error(`${workflow} (${layout}) is ${status}: ${error}`);
    return ledger.run;
  } finally {
    await orchestrator.close();
    rmSync(workspace, { recursive: true });
  }
}

/** Each run uses a server that has read nothing yet. */
async function measureOnServer(program: string, workflow: string): Promise<Row> {
  const measure = async (layout: Layout) => {
    const server = await startLlamaServer({ program, slotTokens: 16_384 });
    try {
      return await ledgerOf({ address: server.address, workflow, layout });
    } finally {
      await server.stop();
    }
  };
  return { name: `\`${workflow}\``, shared: await measure('shared'), perRole: await measure('per_role') };
}

async function measureOnStandIn(tokens: number): Promise<Row> {
  const measure = async (layout: Layout) => {
    await using server = await startFakeLlamaServer({ contextTokens: 65_536, reply: replyAsTeam({ tokens }) });
    return await ledgerOf({ address: server.address, workflow: 'feature_development', layout });
  };
  return { name: `replies of ${tokens.toLocaleString('en')}`, shared: await measure('shared'), perRole: await measure('per_role') };
}

interface Measurements {
  real: Row[];
  standIn: Row[];
  dispatch: Dispatch;
}

function report({ real, standIn, dispatch }: Measurements): string {
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() || 'CPU'}; llama-server with one thread, one slot of 16,384 tokens, the tiny model (brief instructions, short replies), one task at a time, a fresh server for each run. \`feature_development\` is a chain of six steps.`,
    '',
    '| workflow | read, `transcript` | read, `per_role` | times as much | read ÷ least possible, `transcript` | written | first token, `transcript` | first token, `per_role` |',
    '|---|---|---|---|---|---|---|---|',
    ...real.map((row) => line(row, [milliseconds(row.shared), milliseconds(row.perRole)])),
    '',
    'The longer the replies, the more there is to read again. `feature_development` with the full instructions and replies of other lengths, on a stand-in for the server that keeps a cache in the same way:',
    '',
    '| tokens | read, `transcript` | read, `per_role` | times as much | read ÷ least possible, `transcript` | written |',
    '|---|---|---|---|---|---|',
    ...standIn.map((row) => line(row, [])),
    '',
    '## What stands between a task and its request',
    '',
    `From a task being ready to its request leaving: ${dispatch.medianMilliseconds.toFixed(1)} ms median, ${dispatch.slowestMilliseconds.toFixed(1)} ms at most, over ${dispatch.tasks} tasks with transcripts of ${dispatch.transcriptTokens.toLocaleString('en')} tokens or more, journaled, on a stand-in for the server. The count of the prompt before the request is in it. It is the quietest of ${rounds} rounds.`,
  ].join('\n');
}

function line({ name, shared, perRole }: Row, more: string[]): string {
  const cells = [
    name,
    count(shared.tokens_read),
    count(perRole.tokens_read),
    ratio(perRole.tokens_read, shared.tokens_read, 1),
    ratio(shared.tokens_read, shared.tokens_ideal, 3),
    `${count(shared.tokens_written)} / ${count(perRole.tokens_written)}`,
    ...more,
  ];
  return `| ${cells.join(' | ')} |`;
}

function count(tokens: number | null): string {
  return tokens === null ? 'unknown' : tokens.toLocaleString('en');
}

function milliseconds({ first_token_seconds: seconds }: LedgerEntry): string {
  return seconds === null ? 'unknown' : `${Math.round(seconds * 1000)} ms`;
}

function ratio(a: number | null, b: number | null, digits: number): string {
  return a === null || b === null ? 'unknown' : (a / b).toFixed(digits);
}

async function quietestDispatch(): Promise<Dispatch> {
  const measured: Dispatch[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measureDispatch());
  return measured.toSorted((a, b) => a.medianMilliseconds - b.medianMilliseconds)[0] ?? (await measureDispatch());
}

const introduction = `# Benchmarks

## What the layout of the prompt is worth

A server reads only what it has not read before. In the layout \`shared\` all roles share one beginning; in \`per_role\` each role has a system message of its own, so a change of role reads everything again.
Tokens are those of all prompts that the server really read, by its own count; the time to the first token is the mean over all calls. Measured and written by \`npm run bench:prompt\`, which finds a
llama-server as the tests do (\`LLAMA_SERVER_BIN\`, the PATH, or a build).

<!-- generated: prompt -->
<!-- end -->
`;

const program = findLlamaServer();
const dispatch = await quietestDispatch();
const real: Row[] = [];
for (const workflow of templateNames) real.push(await measureOnServer(program, workflow));
const standIn: Row[] = [];
for (const tokens of longReplies) standIn.push(await measureOnStandIn(tokens));
const text = report({ real, standIn, dispatch });
const before = existsSync(page) ? readFileSync(page, 'utf8') : introduction;
const after = before.replace(
  /(<!-- generated: prompt -->\n)[^]*?(<!-- end -->)/,
  (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`,
);
if (after === before) throw new Error('docs/benchmarks.md has no place for what was measured: <!-- generated: prompt --> … <!-- end -->');
writeFileSync(page, after);
process.stdout.write(`${text}\n`);

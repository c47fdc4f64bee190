/**
 * Measures what slots are worth on a real llama-server with the tiny model, and writes it to docs/benchmarks.md: `npm run bench:slots`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { AgentOrchestrator } from '../src/orchestrator/agent-orchestrator.ts';
import type { WorkflowResult } from '../src/orchestrator/results/run-result.ts';
import { WorkflowEngine } from '../src/orchestrator/workflow-engine.ts';
import type { WorkflowDefinitionInput } from '../src/workflows/workflow-schema.ts';
import { findLlamaServer } from '../test/llama/find-llama-server.ts';
import { startLlamaServer } from '../test/llama/start-llama-server.ts';

const page = join(import.meta.dirname, '..', 'docs', 'benchmarks.md');
const requirement = 'A coupon store in Python. A coupon has a code and a discount. List all coupons and search them by code.';
/** Other programs on the machine disturb such short times, so the fastest run of each kind counts. */
const rounds = 5;
const fanOutRounds = 10;

const branch = (id: string, taskType: string) => ({
  id,
  role: 'developer',
  task_type: taskType,
  description: `Write the ${id}.`,
  depends_on: ['plan'],
  expects: 'files' as const,
});

const fanOut: WorkflowDefinitionInput = {
  name: 'fan_out',
  title: 'Fan-out',
  description: 'One step, then three that rest on it.',
  steps: [
    { id: 'plan', role: 'business_analyst', task_type: 'requirements_analysis', description: 'Plan it.', expects: 'text' },
    branch('store', 'implementation'),
    branch('interface', 'implementation'),
    branch('deployment', 'implementation'),
  ],
};

interface Setup {
  name: string;
  slots: number;
  copies: 'offered' | 'not_offered';
  atOnce: number | 'auto';
}

interface Measured {
  setup: Setup;
  seconds: number;
  result: WorkflowResult;
}

const setups: Setup[] = [
  { name: 'one slot', slots: 1, copies: 'not_offered', atOnce: 1 },
  { name: 'two slots, with copies', slots: 2, copies: 'offered', atOnce: 2 },
  { name: 'two slots, without', slots: 2, copies: 'not_offered', atOnce: 2 },
  { name: 'two slots, with copies, `auto`', slots: 2, copies: 'offered', atOnce: 'auto' },
  { name: 'two slots, without, `auto`', slots: 2, copies: 'not_offered', atOnce: 'auto' },
];

async function measure(setup: Setup, workflow: string, cacheFolder: string): Promise<Measured> {
  const workspace = mkdtempSync(join(tmpdir(), 'bench-slots-'));
  const slotFolder = setup.copies === 'offered' ? workspace : undefined;
  const server = await startLlamaServer({
    program,
    slots: setup.slots,
    slotTokens: 16_384,
    ...(slotFolder === undefined ? {} : { slotFolder }),
  });
  const orchestrator = new AgentOrchestrator({
    workspace,
    cacheFolder,
    config: { workspace, llm_base_url: server.address, max_concurrent_agents: setup.atOnce, llm_temperature: 0 },
  });
  try {
    const engine = new WorkflowEngine(orchestrator);
    engine.registerWorkflow(fanOut);
    // What is measured once for a server does not belong to the run.
    if (setup.atOnce === 'auto') await (await orchestrator.connect()).slots?.speed(2, AbortSignal.timeout(60_000));
    const began = performance.now();
    const result = await engine.executeWorkflow(workflow, requirement);
    if (result.status !== 'completed') throw new Error(`${workflow} on ${setup.name} is ${result.status}: ${result.error}`);
    return { setup, seconds: (performance.now() - began) / 1000, result };
  } finally {
    await orchestrator.close();
    await server.stop();
    rmSync(workspace, { recursive: true });
  }
}

/** Alternating, so that whatever disturbs the machine disturbs all alike. */
async function quickest(kinds: Setup[], workflow: string, times: number): Promise<Measured[]> {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'bench-slots-cache-'));
  const all: Measured[] = [];
  for (let round = 0; round < times; round += 1) for (const setup of kinds) all.push(await measure(setup, workflow, cacheFolder));
  rmSync(cacheFolder, { recursive: true });
  return kinds.map((setup) => all.filter((one) => one.setup === setup).reduce((best, one) => (one.seconds < best.seconds ? one : best)));
}

function line({ setup, seconds, result }: Measured): string {
  const { tokens_read: read, tokens_ideal: least, tokens_written: written } = result.ledger.run;
  const ratio = read === null || least === null ? 'unknown' : (read / least).toFixed(3);
  const cells = [
    setup.name,
    result.transcript.turns,
    seconds.toFixed(2),
    read ?? 'unknown',
    least ?? 'unknown',
    ratio,
    written ?? 'unknown',
  ];
  return `| ${cells.join(' | ')} |`;
}

function report(feature: Measured[], fan: Measured[]): string {
  const inTurn = fan[0]?.seconds ?? Number.NaN;
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() || 'CPU'}; llama-server with one thread, slots of 16,384 tokens each, the tiny model, temperature 0, a fresh server for each run. Of ${rounds} runs of each kind, taken in turn, the quickest.`,
    '',
    '`feature_development`, whose testing and deployment rest on the same step:',
    '',
    '| | turns | seconds | read | least possible | read ÷ least possible | written |',
    '|---|---|---|---|---|---|---|',
    ...feature.map(line),
    '',
    ...feature.filter(({ setup }) => setup.atOnce === 'auto').map(({ setup, result }) => `- ${setup.name}: ${result.transcript.reason}.`),
    '',
    `A fan-out of three on one slot, of ${fanOutRounds} runs of each kind the quickest:`,
    '',
    '| at once | seconds | times as long as in turn |',
    '|---|---|---|',
    ...fan.map(({ setup, seconds }) => `| ${setup.name} | ${seconds.toFixed(3)} | ${(seconds / inTurn).toFixed(3)} |`),
  ].join('\n');
}

const program = findLlamaServer();
const feature = await quickest(setups, 'feature_development', rounds);
const oneSlot = (atOnce: number | 'auto', name: string): Setup => ({ name, slots: 1, copies: 'not_offered', atOnce });
const fan = await quickest(
  [oneSlot(1, 'one, as was asked for'), oneSlot(3, 'three were asked for'), oneSlot('auto', '`auto`')],
  'fan_out',
  fanOutRounds,
);
const text = report(feature, fan);
process.stdout.write(`${text}\n`);
const before = readFileSync(page, 'utf8');
const after = before.replace(
  /(<!-- generated: slots -->\n)[^]*?(<!-- end: slots -->)/,
  (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`,
);
if (after === before)
  throw new Error('docs/benchmarks.md has no place for what was measured: <!-- generated: slots --> … <!-- end: slots -->');
writeFileSync(page, after);

/**
 * Measures what this program and others cost besides the model, all in one run on one machine, and writes it to docs/benchmarks.md: `npm run bench`. The others are
 * installed once, for nothing else: `cd bench/peers && npm ci --ignore-scripts`. Those that are not there are left out. `--rounds <n>`: at most so many of each
 * job (3); `--longest <seconds>`: what takes longer is not finished (120).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Cost, Job } from './job.ts';
import { overheadPage, type Measured, type PromptCounts, type Start } from './page.ts';
import { chain, criticalPath, randomGraph, sixSteps } from './workloads.ts';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'docs', 'benchmarks.md');
const peers = join(root, 'bench', 'peers');
const requirement = 'Build a bookmark manager with tags, full-text search, import and export.';
const { values: given } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, longest: { type: 'string', default: '120' } } });
const mostRounds = Number(given.rounds);
const longestSeconds = Number(given.longest);

const engines = [
  { name: 'multiagent', program: join(root, 'bench', 'overhead', 'ours.ts'), shapes: 'graphs' },
  ...[
    { name: 'LangGraph.js', file: 'langgraph.js', module: '@langchain/langgraph', shapes: 'graphs' },
    { name: 'Mastra', file: 'mastra.js', module: '@mastra/core', shapes: 'chains' },
    { name: 'VoltAgent', file: 'voltagent.js', module: '@voltagent/core', shapes: 'chains' },
    { name: 'KaibanJS', file: 'kaiban.js', module: 'kaibanjs', shapes: 'chains' },
  ].flatMap(({ name, file, module, shapes }) => {
    const manifest = join(peers, 'node_modules', module, 'package.json');
    if (!existsSync(manifest)) return [];
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return [{ name: `${name} ${version}`, program: join(peers, file), shapes }];
  }),
];

const job = (change: Partial<Job>): Job => ({ steps: sixSteps, runs: 1, atOnce: 1, memory: 'last', requirement, ...change });

interface Plan {
  title: string;
  job: Job;
  rounds: number;
  shape: 'chains' | 'graphs';
}

const plans: Plan[] = [
  { title: 'chain of 6', job: job({ steps: chain(6) }), rounds: 3, shape: 'chains' },
  { title: 'chain of 100', job: job({ steps: chain(100) }), rounds: 3, shape: 'chains' },
  { title: 'chain of 400', job: job({ steps: chain(400) }), rounds: 1, shape: 'chains' },
  { title: 'chain of 2,000', job: job({ steps: chain(2000) }), rounds: 1, shape: 'chains' },
  { title: 'six-step workflow', job: job({}), rounds: 3, shape: 'graphs' },
  { title: 'random graph of 1,000', job: job({ steps: randomGraph(1000) }), rounds: 1, shape: 'graphs' },
  { title: '200 six-step runs at once', job: job({ runs: 200 }), rounds: 1, shape: 'graphs' },
  { title: 'chain of 100, everything told', job: job({ steps: chain(100), memory: 'all' }), rounds: 3, shape: 'chains' },
  { title: 'chain of 400, everything told', job: job({ steps: chain(400), memory: 'all' }), rounds: 1, shape: 'chains' },
];

const measured: Measured[] = [];
await withServer([], async (address) => {
  for (const { title, job: wanted, shape, ...plan } of plans) {
    const rounds = Math.min(plan.rounds, mostRounds);
    const costs = new Map<string, Cost[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, program, shapes } of engines) {
        if (shape === 'graphs' && shapes === 'chains') continue;
        const cost = await measure(program, address, wanted);
        if (cost !== undefined) costs.set(name, [...(costs.get(name) ?? []), cost]);
        process.stderr.write(`${title}: ${name} ${cost === undefined ? 'not finished' : `${cost.wall.toFixed(0)} ms`}\n`);
      }
    }
    for (const { name, shapes } of engines) {
      if (shape === 'graphs' && shapes === 'chains') continue;
      measured.push({ title, engine: name, steps: wanted.steps.length * wanted.runs, rounds, cost: medianOf(costs.get(name) ?? []) });
    }
  }
});

const slow: Measured[] = [];
await withServer(['50'], async (address) => {
  for (const { name, program, shapes } of engines) {
    const wanted = job({ steps: shapes === 'graphs' ? sixSteps : chain(6) });
    const costs: Cost[] = [];
    for (let round = 0; round < 3; round += 1) {
      const cost = await measure(program, address, wanted);
      if (cost !== undefined) costs.push(cost);
    }
    // This program keeps to the one slot that the server has, so its two branches go one after the other.
    const waited = shapes === 'graphs' && name !== 'multiagent' ? criticalPath(sixSteps) : sixSteps.length;
    slow.push({ title: '50 ms', engine: name, steps: waited, rounds: 3, cost: medianOf(costs) });
  }
});

const prompts: PromptCounts[] = [];
await withServer(['0', '2400'], async (address) => {
  for (const { name, program, shapes } of engines) {
    await fetch(address.replace(/v1$/, 'counts'));
    await measure(program, address, job({ steps: shapes === 'graphs' ? sixSteps : chain(6), memory: 'all' }));
    const counts = (await (await fetch(address.replace(/v1$/, 'counts'))).json()) as Omit<PromptCounts, 'engine'>;
    prompts.push({ engine: name, ...counts });
  }
});

const text = overheadPage({ measured, slow, prompts, starts: measureStarts(), longestSeconds });
const before = readFileSync(page, 'utf8');
const after = before.replace(
  /(<!-- generated: overhead -->\n)[^]*?(<!-- end: overhead -->)/,
  (_, begin: string, end: string) => `${begin}\n${text}\n${end}`,
);
if (after === before)
  throw new Error('docs/benchmarks.md has no place for what was measured: <!-- generated: overhead --> … <!-- end: overhead -->');
writeFileSync(page, after);

async function withServer(options: string[], work: (address: string) => Promise<void>): Promise<void> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'server.ts'), ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await work(await firstLine(server));
  } finally {
    server.kill();
  }
}

function firstLine({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())));
}

/** @returns undefined if it failed or took too long. */
function measure(program: string, address: string, wanted: Job): Promise<Cost | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, address, JSON.stringify(wanted)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: longestSeconds * 1000,
      killSignal: 'SIGKILL',
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(errors.slice(0, 2000));
      const line = out.split('\n').find((each) => each.startsWith('{"wall"'));
      resolve(line === undefined ? undefined : (JSON.parse(line) as Cost));
    });
  });
}

/** The median of several starts of each kind, taken in turn. Empty if the program was not built. */
function measureStarts(): Start[] {
  const program = join(root, 'dist', 'cli', 'multiagent.js');
  if (!existsSync(program)) return [];
  const folder = mkdtempSync(join(tmpdir(), 'bench-starts-'));
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'config.yaml'), 'log_level: info\n');
  const listing = ['workflows list', 'runs'].map((words) => ({
    title: words,
    where: '',
    given: [program, ...words.split(' ')],
    cwd: folder,
  }));
  const commands = [
    { title: 'node -e 0', where: '', given: ['-e', '0'], cwd: folder },
    ...['--version', '--help', 'run --help'].map((words) => ({
      title: words,
      where: '',
      given: [program, ...words.split(' ')],
      cwd: folder,
    })),
    ...listing,
    ...listing.map((how) => ({ ...how, where: 'beside a config.yaml', cwd: project })),
  ];
  const times = commands.map((): number[] => []);
  for (let round = 0; round < 15; round += 1) {
    for (const [index, { given: words, cwd }] of commands.entries()) {
      const began = performance.now();
      spawnSync(process.execPath, words, { cwd, stdio: 'ignore' });
      times[index]?.push(performance.now() - began);
    }
  }
  rmSync(folder, { recursive: true });
  const middle = times.map((each) => each.toSorted((one, other) => one - other)[7] ?? Number.NaN);
  return commands
    .slice(1)
    .map(({ title, where }, index) => ({ command: title, where, times: (middle[index + 1] ?? 0) / (middle[0] ?? 1) }));
}

function medianOf(costs: readonly Cost[]): Cost | undefined {
  return costs.toSorted((a, b) => a.wall - b.wall)[Math.floor(costs.length / 2)];
}

/**
 * Measures what a run spends on a project that is there already: choosing the files, mapping them, and rendering the map, cold (nothing is known of any file)
 * and warm (nothing has changed). Each in a process of its own, for projects that are made for it, and for the sources of packages that are installed here
 * anyway, each in a Git repository. `npm run bench:map`; `npm run bench:map -- 10000` for one size alone.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { estimateTokens } from '../src/llm/budget/estimate-tokens.ts';
import { chooseFiles } from '../src/project/choosing/choose-files.ts';
import { mapProject } from '../src/project/map/map-project.ts';
import { rankFiles } from '../src/project/map/rank-files.ts';
import { renderMap } from '../src/project/map/render-map.ts';
import { renderRelevant } from '../src/project/map/render-relevant.ts';

interface Phase {
  milliseconds: number;
  /** What it takes on a machine that has nothing else to do. */
  processor: number;
}

interface Measured {
  files: number;
  phases: Phase[];
  tokens: number;
  relevantTokens: number;
  megabytes: number;
}

const requirement = 'The invoice of an order shows the discount of its coupon. See module17.ts.';

async function measure(root: string, cacheFolder: string): Promise<Measured> {
  const phases: Phase[] = [];
  const timed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const begin = performance.now();
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    phases.push({ milliseconds: performance.now() - begin, processor: (user + system) / 1000 });
    return result;
  };
  const chosen = await timed(() => chooseFiles({ root, cacheFolder, environment: process.env }));
  const map = await timed(() => mapProject(chosen, { cacheFolder }));
  const standing = await timed(() => renderMap(map, { tokens: 4000 }));
  const relevant = await timed(() => renderRelevant(map, rankFiles(map, requirement), { tokens: 2000, whole: new Set() }));
  await timed(() => map.keep());
  return {
    files: map.files.length,
    phases,
    tokens: estimateTokens(standing),
    relevantTokens: estimateTokens(relevant),
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}

/** Folders of 25 files of four languages, about 2 kB each, which import five others. */
function makeProject(root: string, files: number): void {
  const words = ['order', 'invoice', 'coupon', 'basket', 'stock', 'price', 'letter', 'report', 'person', 'branch'];
  const pathOf = (at: number) => {
    const folder = `src/${words[Math.floor(at / 2500) % 10]}${Math.floor(at / 25_000)}/${words[Math.floor(at / 250) % 10]}/${words[Math.floor(at / 25) % 10]}`;
    return `${folder}/module${at}.${['ts', 'py', 'go', 'md'][at % 4]}`;
  };
  const made = new Set<string>();
  for (let at = 0; at < files; at += 1) {
    const path = join(root, pathOf(at));
    if (!made.has(dirname(path))) mkdirSync(dirname(path), { recursive: true });
    made.add(dirname(path));
    writeFileSync(path, contentOf(at, files, words));
  }
}

function contentOf(at: number, files: number, words: readonly string[]): string {
  const targets = [1, 2, 3, 5, 8].map((step) => (at + step * 4) % files);
  const name = (part: number) => `${words[(at + part) % 10]}Of${words[(at * 7 + part) % 10]}${part}`;
  const parts = Array.from({ length: 12 }, (_, part) => part);
  switch (at % 4) {
    case 0:
      return [
        ...targets.map((target) => `import { x } from './module${target}.js';`),
        ...parts.map(
          (part) =>
            `export function ${name(part)}(first: string, second: number): string {\n  // Why it is so.\n  return first.repeat(second + ${part});\n}`,
        ),
      ].join('\n');
    case 1:
      return [
        ...targets.map((target) => `from .module${target} import x`),
        ...parts.map((part) => `def ${name(part)}(first, second=${part}):\n    """What it does."""\n    return first * second + ${at}\n`),
      ].join('\n');
    case 2:
      return [
        'package x\n\nimport (\n\t"fmt"\n)\n',
        ...parts.map((part) => `func ${name(part)}(first string, second int) string {\n\treturn fmt.Sprint(first, second, ${part})\n}\n`),
      ].join('\n');
    default:
      return `# Page ${at}\n\n${'A sentence of a page says what is there. '.repeat(40)}\n`;
  }
}

/** And waits: what was written in the last two seconds is read again by a warm run. */
async function commitAll(root: string): Promise<void> {
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-qm', 'x'],
  ])
    execFileSync('git', args, { cwd: root });
  await setTimeout(3000);
}

const whole = (time: number) => Math.round(time).toLocaleString('en');

function report(name: string, root: string, cacheFolder: string): void {
  for (const state of ['cold', 'warm']) {
    const output = execFileSync(process.execPath, [import.meta.filename, 'measure', root, cacheFolder], { encoding: 'utf8' });
    const all = JSON.parse(output) as Measured;
    const sum = { milliseconds: 0, processor: 0 };
    for (const { milliseconds, processor } of all.phases) {
      sum.milliseconds += milliseconds;
      sum.processor += processor;
    }
    const cells = [
      name,
      all.files.toLocaleString('en'),
      state,
      ...[...all.phases, sum].map(({ milliseconds, processor }) => `${whole(processor)} (${whole(milliseconds)})`),
      all.megabytes.toFixed(0),
      all.tokens.toLocaleString('en'),
      all.relevantTokens.toLocaleString('en'),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

async function compare(sizes: readonly number[]): Promise<void> {
  console.log('Milliseconds of processor time, and in parentheses of the clock.\n');
  console.log(
    '| project | files | | choosing | mapping | standing map | relevant part | keeping it | all | MB at most | tokens of the standing map | of the relevant part |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
  const folder = mkdtempSync(join(tmpdir(), 'bench-map-'));
  try {
    for (const name of ['zod', 'openai']) {
      const root = join(folder, name);
      const source = join(import.meta.dirname, '..', 'node_modules', name);
      cpSync(source, root, { recursive: true, filter: (path) => !path.slice(source.length).includes('node_modules') });
      await commitAll(root);
      report(`the package ${name}`, root, join(folder, 'cache'));
    }
    for (const size of sizes) {
      const root = join(folder, `made-${size}`);
      makeProject(root, size);
      await commitAll(root);
      report('made', root, join(folder, 'cache'));
      rmSync(root, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [what, ...rest] = process.argv.slice(2);
if (what === 'measure') console.log(JSON.stringify(await measure(rest[0]!, rest[1]!)));
else await compare(what === undefined ? [10_000, 200_000] : [Number(what)]);

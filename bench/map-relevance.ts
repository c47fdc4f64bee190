/**
 * Measures whether the ranking finds the files that a change is about, in projects of different size. The change is known, the project is as it was before, and
 * the files to find are those that it changed: of this repository the last hundred commits that changed files of `src`, with the subject as the requirement; of
 * packages from npm the step from one version to the next, with what the changelog says of it. Compares the ranking with orders that know nothing of the
 * requirement. `npm run bench:map-relevance`; `npm run bench:map-relevance -- here` without packages, for which npm needs a network.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { estimateTokens } from '../src/llm/budget/estimate-tokens.ts';
import { mapProject } from '../src/project/map/map-project.ts';
import type { ProjectMap } from '../src/project/map/project-map.ts';
import { rankByImports } from '../src/project/map/rank-by-imports.ts';
import { rankFiles, type RankedFile } from '../src/project/map/rank-files.ts';
import { renderMap } from '../src/project/map/render-map.ts';
import { renderRelevant } from '../src/project/map/render-relevant.ts';
import { hashContent } from '../src/utils/hash-content.ts';
import type { Change } from './change.ts';
import { changesOfVersions, type VersionedPackage } from './version-changes.ts';

const root = join(import.meta.dirname, '..');
const commits = 100;
const budget = { whole: 4000, relevant: 2000, standing: 4000 };
/** A commit that changes more is not about something that a sentence could name. */
const mostChanged = 12;
/** What nobody would show whole. */
const largest = 100_000;

const packages: readonly VersionedPackage[] = [
  {
    name: 'express',
    sources: 'lib/',
    changelog: 'History.md',
    versions: [
      '4.17.0',
      '4.17.1',
      '4.17.2',
      '4.17.3',
      '4.18.0',
      '4.18.1',
      '4.18.2',
      '4.18.3',
      '4.19.0',
      '4.19.1',
      '4.19.2',
      '4.20.0',
      '4.21.0',
    ],
  },
  {
    name: 'axios',
    sources: 'lib/',
    changelog: 'CHANGELOG.md',
    versions: [
      '1.5.0',
      '1.5.1',
      '1.6.0',
      '1.6.1',
      '1.6.2',
      '1.6.3',
      '1.6.4',
      '1.6.6',
      '1.6.7',
      '1.6.8',
      '1.7.2',
      '1.7.3',
      '1.7.4',
      '1.7.5',
      '1.7.6',
      '1.7.7',
      '1.7.8',
    ],
  },
  {
    name: 'openai',
    sources: 'src/',
    changelog: 'CHANGELOG.md',
    versions: [
      '5.8.0',
      '5.8.1',
      '5.8.2',
      '5.8.3',
      '5.9.0',
      '5.9.1',
      '5.9.2',
      '5.10.0',
      '5.10.1',
      '5.10.2',
      '5.11.0',
      '5.12.0',
      '5.12.1',
      '5.12.2',
    ],
  },
];

function git(args: readonly string[], input = ''): string {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30, input });
}

function changesOfCommits(): Change[] {
  const found: (Omit<Change, 'contents'> & { files: ReturnType<typeof filesOf> })[] = [];
  for (const line of git(['log', '--no-merges', '--format=%H %P %s', '--', 'src']).trim().split('\n')) {
    const [commit, parent, ...subject] = line.split(' ');
    const changed = git(['diff', '--name-only', '--diff-filter=MD', '--no-renames', parent!, commit!, '--', 'src'])
      .split('\n')
      .filter(Boolean);
    if (changed.length === 0 || changed.length > mostChanged) continue;
    found.push({ subject: subject.join(' '), files: filesOf(parent!), changed });
    if (found.length === commits) break;
  }
  const contents = contentsOf(found.flatMap(({ files }) => files.map(({ id }) => id)));
  return found.map(({ subject, files, changed }) => ({
    subject,
    changed,
    contents: new Map(files.map(({ path, id }) => [path, contents.get(id)!])),
  }));
}

function filesOf(commit: string): { path: string; id: string }[] {
  return git(['ls-tree', '-r', '-l', '-z', commit])
    .split('\0')
    .flatMap((line) => {
      const [about = '', path = ''] = line.split('\t');
      const [, kind, id = '', size] = about.split(/ +/);
      const isText = /\.(?:[cm]?[jt]sx?|md|json|ya?ml|sh|txt)$/.test(path) && !path.includes('package-lock');
      return kind === 'blob' && isText && Number(size) <= largest ? [{ path, id }] : [];
    });
}

function contentsOf(ids: readonly string[]): Map<string, string> {
  const wanted = [...new Set(ids)];
  const output = execFileSync('git', ['-C', root, 'cat-file', '--batch'], { maxBuffer: 2 ** 30, input: `${wanted.join('\n')}\n` });
  const contents = new Map<string, string>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const [id, , size] = output.toString('utf8', at, end).split(' ');
    contents.set(id!, output.toString('utf8', end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return contents;
}

const signatures = new Map<string, readonly string[]>();

/** Files and signatures are the same in most changes; they are parsed once. */
async function mapOf({ contents }: Change): Promise<ProjectMap> {
  const files = [...contents].map(([path, text]) => ({ path, sha256: hashContent(text), bytes: Buffer.byteLength(text) }));
  const hashes = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const map = await mapProject({ root, files, read: (path) => Promise.resolve(contents.get(path)) }, {});
  return {
    files: map.files,
    signaturesOf: async (path) => {
      const key = `${hashes.get(path)} ${path}`;
      const known = signatures.get(key) ?? (await map.signaturesOf(path));
      signatures.set(key, known);
      return known;
    },
  };
}

/** Files given whole: the first ones that fit. */
function wholeOf(ranked: readonly RankedFile[], sizes: ReadonlyMap<string, number>): Set<string> {
  const whole = new Set<string>();
  let left = budget.whole;
  for (const { path, score } of ranked) {
    const price = sizes.get(path)!;
    if (score === 0 || price > left) continue;
    left -= price;
    whole.add(path);
  }
  return whole;
}

interface Found {
  whole: number;
  relevant: number;
  standing: number;
  of: number;
}

type Order = (map: ProjectMap, requirement: string) => RankedFile[];

const asRanked = (paths: readonly string[]): RankedFile[] => paths.map((path) => ({ path, score: 1 }));
let seed = 1;
const random = () => (seed = (seed * 48_271) % 2_147_483_647);
const orders: Readonly<Record<string, Order>> = {
  'ranked by the requirement': rankFiles,
  'by imports only': (map) => asRanked(rankByImports(map)),
  'by path': (map) => asRanked(map.files.map(({ path }) => path)),
  'the smallest first': (map) => asRanked(map.files.toSorted((one, other) => one.bytes - other.bytes).map(({ path }) => path)),
  'at random': (map) =>
    asRanked(
      map.files
        .map(({ path }) => ({ path, at: random() }))
        .toSorted((one, other) => one.at - other.at)
        .map(({ path }) => path),
    ),
};

const percent = (part: number, of: number) => `${Math.round((100 * part) / of)} %`;

async function measure(name: string, all: readonly Change[]): Promise<void> {
  const totals = new Map(Object.keys(orders).map((name): [string, Found] => [name, { whole: 0, relevant: 0, standing: 0, of: 0 }]));
  const places: number[] = [];
  let hits = 0;
  for (const change of all) {
    const map = await mapOf(change);
    const sizes = new Map([...change.contents].map(([path, text]) => [path, estimateTokens(text)]));
    const standing = new Set((await renderMap(map, { tokens: budget.standing })).split('\n'));
    for (const [name, order] of Object.entries(orders)) {
      const ranked = order(map, change.subject);
      const whole = wholeOf(ranked, sizes);
      const shown = new Set((await renderRelevant(map, ranked, { tokens: budget.relevant, whole })).split('\n'));
      const total = totals.get(name)!;
      total.of += change.changed.length;
      for (const path of change.changed) {
        const isWhole = whole.has(path);
        const isRelevant = isWhole || shown.has(path);
        total.whole += isWhole ? 1 : 0;
        total.relevant += isRelevant ? 1 : 0;
        total.standing += isRelevant || standing.has(path) ? 1 : 0;
      }
      if (order !== rankFiles) continue;
      const best = ranked.findIndex(({ path }) => change.changed.includes(path));
      places.push(best + 1);
      hits += change.changed.some((path) => whole.has(path) || shown.has(path)) ? 1 : 0;
    }
  }

  console.log(
    `${name}: ${all.length} changes, ${totals.values().next().value!.of} changed files, of ${all.at(-1)!.contents.size} files in the last project.`,
  );
  console.log(
    `${budget.whole} tokens of whole files, ${budget.relevant} of relevant signatures, ${budget.standing} of the standing map.\n`,
  );
  console.log('| order | given whole | whole or with signatures | these or in the standing signatures |\n|---|---|---|---|');
  for (const [order, { whole, relevant, standing, of }] of totals) {
    console.log(`| ${order} | ${percent(whole, of)} | ${percent(relevant, of)} | ${percent(standing, of)} |`);
  }
  const sorted = places.toSorted((one, other) => one - other);
  console.log(`\nChanges of which at least one changed file is whole or with signatures: ${percent(hits, all.length)}.`);
  console.log(
    `Place of the best changed file: ${sorted[Math.floor(sorted.length / 2)]} (median), ${sorted[Math.floor(sorted.length * 0.75)]} (third quartile).\n`,
  );
}

await measure('this repository', changesOfCommits());
if (process.argv[2] !== 'here') for (const one of packages) await measure(one.name, changesOfVersions(one));

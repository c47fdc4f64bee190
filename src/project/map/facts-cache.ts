import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { parseJson } from '../../utils/parse-json.ts';
import type { SourceFacts } from './scan-source.ts';

/** Raised whenever other facts are read from the same content. */
const version = 1;
const headLine = JSON.stringify(['multiagent project map', version]);

type Row = [key: string, imports: string[], names: string[], provides: string[]];

/** By hand: a schema library takes longer for ten thousand rows than everything else. */
function isRow(value: unknown): value is Row {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [key, ...lists] = value as unknown[];
  return typeof key === 'string' && lists.every((list) => Array.isArray(list) && list.every((word) => typeof word === 'string'));
}

/** A larger file was not written by this program. */
const largest = 256 * 1024 * 1024;

/** One file for each project, in the cache folder of the person: a project never writes what is believed about it. */
export function factsCacheFile(cacheFolder: string, root: string): string {
  return join(cacheFolder, 'project-maps', `${hashContent(root).slice(0, 32)}.jsonl`);
}

/** What a file says depends on its content and on its language. */
export function factsKey(path: string, sha256: string): string {
  return `${sha256} ${path.slice(path.lastIndexOf('.') + 1)}`;
}

/** By key. Empty if there is nothing, or nothing of this version; a row that is not well-formed is skipped. */
export async function readFactsCache(file: string): Promise<Map<string, SourceFacts>> {
  const cached = new Map<string, SourceFacts>();
  const [first = '', ...lines] = (await readBounded(file)).split('\n');
  if (first !== headLine) return cached;
  for (const line of lines) {
    const row = parseJson(line);
    if (!isRow(row)) continue;
    const [key, imports, names, provides] = row;
    cached.set(key, { imports, names, provides });
  }
  return cached;
}

async function readBounded(file: string): Promise<string> {
  try {
    return (await stat(file)).size > largest ? '' : await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

const rowsAtOnce = 1000;

/** Replaces the file in one step. Nothing happens if it cannot be written: a cache only saves time. */
export async function writeFactsCache(file: string, facts: ReadonlyMap<string, SourceFacts>): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await ensureFolder(dirname(file));
    const handle = await open(temporary, 'wx', 0o600);
    try {
      let rows = [headLine];
      for (const [key, { imports, names, provides }] of facts) {
        rows.push(JSON.stringify([key, imports, names, provides]));
        if (rows.length < rowsAtOnce) continue;
        await handle.write(`${rows.join('\n')}\n`);
        rows = [];
      }
      await handle.write(rows.join('\n'));
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

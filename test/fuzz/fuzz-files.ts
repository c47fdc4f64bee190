import { posix, win32 } from 'node:path';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { scannerOf } from '../../src/files/file-formats.ts';
import { FileWriter } from '../../src/files/file-writer.ts';
import { checkPath } from '../../src/files/disk/path-policy.ts';
import { temporaryFolder } from '../files/temporary-folder.ts';
import { randomReply } from './random-reply.ts';
import { randomNumbers } from './random-numbers.ts';

export interface FuzzOptions {
  /** How many replies at most. */
  runs: number;
  /** When to stop before that. */
  seconds: number;
  seed: number;
  /** Every so many replies one is written to the disk. */
  writeEvery?: number;
}

export interface FuzzResult {
  runs: number;
  written: number;
  blocks: number;
}

/** A reply with which a promise was broken, so that it can become a case of the corpus. */
export class FuzzFailure extends Error {
  readonly reply: string;

  constructor(reply: string, cause: unknown) {
    super(`With the reply ${JSON.stringify(reply)}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'FuzzFailure';
    this.reply = reply;
  }
}

/**
 * Feeds random replies to the extractor: nothing may throw, blocks come in order and hold what stands in their range, chunks change nothing, work stays
 * linear, and no path and no file leads out of the folder.
 * @throws FuzzFailure
 */
export async function fuzzFiles({ runs, seconds, seed, writeEvery = 200 }: FuzzOptions): Promise<FuzzResult> {
  const random = randomNumbers(seed);
  const stop = performance.now() + seconds * 1000;
  const result: FuzzResult = { runs: 0, written: 0, blocks: 0 };
  await using folder = await temporaryFolder();
  const reader = new FileWriter({ folder: join(folder.path, 'never') });
  while (result.runs < runs && performance.now() < stop) {
    const reply = randomReply(random);
    result.runs += 1;
    try {
      result.blocks += checkScanner(reply, random);
      checkFiles(reply, reader);
      if (result.runs % writeEvery === 0) result.written += await checkDisk(reply, join(folder.path, String(result.runs)));
    } catch (error) {
      throw new FuzzFailure(reply, error);
    }
  }
  const entries = await readdir(folder.path);
  if (entries.some((entry) => !/^\d+$/.test(entry))) throw new Error(`Files appeared beside the folders: ${entries.join(', ')}`);
  return result;
}

function checkScanner(reply: string, random: () => number): number {
  const whole = scannerOf();
  const blocks = [...whole.feed(reply), ...whole.end()];
  let end = 0;
  for (const { range, content } of blocks) {
    if (range[0] < end || range[1] < range[0] || range[1] > reply.length) throw new Error(`a block has the range ${range.join(' to ')}`);
    if (content.length > range[1] - range[0]) throw new Error('a block holds more than stands in its range');
    end = range[1];
  }
  const chunked = scannerOf();
  const pieces = [];
  for (let at = 0; at < reply.length;) {
    const size = 1 + Math.floor(random() * 12);
    pieces.push(...chunked.feed(reply.slice(at, at + size)));
    at += size;
  }
  pieces.push(...chunked.end());
  if (JSON.stringify(pieces) !== JSON.stringify(blocks)) throw new Error('chunks change the blocks');
  const lines = reply.split(/\r\n|\n|\r/).length;
  // At most eight readings are followed at once.
  if (whole.steps > 10 * lines) throw new Error(`${whole.steps} steps for ${lines} lines`);
  return blocks.length;
}

function checkFiles(reply: string, reader: FileWriter): void {
  for (const { path } of reader.parseCodeBlocks(reply)) {
    const checked = checkPath(path);
    if (checked.kind === 'refused') continue;
    const isInside =
      posix.resolve('/run', checked.path).startsWith('/run/') && win32.resolve('C:\\run', checked.path).startsWith('C:\\run\\');
    if (!isInside) throw new Error(`'${checked.path}' leads out of the folder`);
  }
}

async function checkDisk(reply: string, folder: string): Promise<number> {
  const base = new Map([
    ['src/app.py', 'class App:\n    def run(self):\n        return 1\n\n    def stop(self):\n        return 2\n'],
    ['main.js', 'export function main() {\n  return 1;\n}\n\nexport class App {\n  run() {}\n}\n'],
  ]);
  const readBase = async (path: string) => base.get(path);
  const writer = new FileWriter({ folder: join(folder, 'run'), readBase, basePaths: () => [...base.keys()] });
  const expected = reply.length % 2 === 0 ? [] : ['src/app.py', 'app.js', 'README.md'];
  const { written } = await writer.writeCodeBlocks(reply, 'task', 'developer', { order: 1, expected });
  if (written.length === 0) return 0;
  const beside = await readdir(folder);
  if (beside.some((entry) => entry !== 'run')) throw new Error(`files appeared beside the folder: ${beside.join(', ')}`);
  return written.length;
}

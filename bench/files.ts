/**
 * How fast replies are taken apart: whole and streamed, beside `marked.lexer` and beside scanning the whole text again for every chunk, as programs do
 * that look for blocks with one regular expression. Prints medians in MB/s (a MB is a million UTF-16 units).
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { marked } from 'marked';
import { FenceScanner } from '../src/files/fence-scanner.ts';
import { parseCorpusCase } from '../test/corpus-case.ts';

const folder = join(import.meta.dirname, '..', 'test', 'corpus');
const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
// Cases about the end of a reply, or its very beginning, would swallow what follows them.
const cases = await Promise.all(names.map(async (name) => parseCorpusCase(await readFile(join(folder, name), 'utf8'))));
const replies = cases.filter(({ endsOpen }) => !endsOpen).map(({ reply }) => `${reply}\n\n`);
const corpus = ofLength(replies, 1_000_000);

const whole = (text: string) => {
  const scanner = new FenceScanner();
  return scanner.feed(text).length + scanner.end().length;
};
const streamed = (text: string, size: number) => {
  const scanner = new FenceScanner();
  let blocks = 0;
  for (let at = 0; at < text.length; at += size) blocks += scanner.feed(text.slice(at, at + size)).length;
  return blocks + scanner.end().length;
};
const scannedAgain = (text: string, size: number) => {
  let blocks = 0;
  for (let at = size; at < text.length + size; at += size) blocks = [...text.slice(0, at).matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].length;
  return blocks;
};

const results = {
  'scanner, whole text': speed(corpus, 15, (text) => whole(text)),
  'scanner, reply by reply': speed(corpus, 15, () => replies.reduce((blocks, reply) => blocks + whole(reply), 0), replies.join('').length),
  'scanner, 4-character chunks': speed(corpus, 15, (text) => streamed(text, 4)),
  'marked.lexer, whole text': speed(corpus, 3, (text) => marked.lexer(text).length),
  'regular expression on every 4-character chunk': speed(corpus.slice(0, 20_000), 1, (text) => scannedAgain(text, 4)),
};
for (const [name, speed] of Object.entries(results)) console.log(`${speed.toFixed(2).padStart(9)} MB/s  ${name}`);
const [all, , chunks, lexer] = Object.values(results) as [number, number, number, number];
console.log(`whole text: ${(all / lexer).toFixed(1)} times marked.lexer (aim: at least 5)`);
console.log(`4-character chunks: ${(all / chunks).toFixed(2)} times the time of the whole text (aim: at most 2)`);

function ofLength(pieces: readonly string[], length: number): string {
  const text = pieces.join('');
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/** Millions of characters a second, the median of several measurements after the engine has warmed up. */
function speed(text: string, times: number, work: (text: string) => number, length = text.length): number {
  let sink = 0;
  for (let warm = 0; warm < Math.min(times, 5); warm += 1) sink += work(text);
  const seconds: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    sink += work(text);
    seconds.push((performance.now() - start) / 1000);
  }
  if (sink < 0) throw new Error('never');
  seconds.sort((one, other) => one - other);
  return length / 1e6 / seconds[Math.floor(times / 2)]!;
}

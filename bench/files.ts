/**
 * Measures how fast replies are parsed, whole and streamed, compared with `marked.lexer` and with running one regular expression over the whole text for
 * every chunk, which is what some programs do. The text is made of this repository's own pages and sources, a quarter of it prose, as a run's
 * replies are; then the replies of the corpus, which are short and hold every trap. Prints medians in MB/s (a MB is a million UTF-16 units).
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';
import { scannerOf } from '../src/files/file-formats.ts';
import { parseCorpusCase } from '../test/corpus-case.ts';

const root = join(import.meta.dirname, '..');
const length = 1_000_000;
const chunkSize = 4;
const proseShare = 0.25;

const text = longReply();
const chunks = cut(text);
const replies = read('test/corpus/*.txt').map(({ content }) => parseCorpusCase(content).reply);
const start = text.slice(0, 20_000);

const results = {
  whole: measure(15, text.length, () => scan(text)),
  streamed: measure(15, text.length, () => scanChunks(chunks)),
  joined: measure(15, text.length, () => joinChunks(chunks)),
  lexer: measure(3, text.length, () => marked.lexer(text).length),
  again: measure(1, start.length, () => scanAgain(start)),
  corpus: measure(15, replies.join('').length, () => replies.reduce((blocks, reply) => blocks + scan(reply), 0)),
  corpusLexer: measure(3, replies.join('').length, () => replies.reduce((tokens, reply) => tokens + marked.lexer(reply).length, 0)),
};

const line = (speed: number, name: string) => console.log(`${speed.toFixed(1).padStart(8)} MB/s  ${name}`);
console.log(`One reply of ${length} characters:`);
line(results.whole, 'scanner, whole text');
line(results.streamed, `scanner, chunks of ${chunkSize} characters`);
line(results.joined, 'the same chunks, only put together to lines');
line(results.lexer, 'marked.lexer, whole text');
line(results.again, 'a regular expression over all of it for every chunk (of the first 20,000 characters)');
console.log(`  whole text: ${(results.whole / results.lexer).toFixed(1)} times marked.lexer`);
console.log(`  chunks: ${(results.whole / results.streamed).toFixed(1)} times the time of the whole text, `);
console.log(`  ${(results.joined / results.streamed).toFixed(1)} times that of putting them together`);
console.log('The replies of the corpus, one by one:');
line(results.corpus, 'scanner');
line(results.corpusLexer, 'marked.lexer');

function read(pattern: string): { name: string; content: string }[] {
  const names = globSync(pattern, { cwd: root }).sort();
  return names.map((name) => ({ name, content: readFileSync(join(root, name), 'utf8') }));
}

function longReply(): string {
  // Examples in fences would be blocks without a name.
  const prose = ['*.md', 'docs/**/*.md'].flatMap(read).map(({ content }) => content.replaceAll('```', '   '));
  const files = read('src/**/*.ts').map(({ name, content }) => `**File:** \`${name}\`\n\n\`\`\`ts\n${content}\`\`\`\n`);
  let reply = '';
  for (let page = 0, file = 0, proseLength = 0; reply.length < length;) {
    const isProse = proseLength <= proseShare * reply.length;
    const next = isProse ? prose[page++ % prose.length]! : files[file++ % files.length]!;
    if (isProse) proseLength += next.length;
    reply += `${next}\n`;
  }
  return reply.slice(0, length);
}

function cut(reply: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < reply.length; at += chunkSize) pieces.push(reply.slice(at, at + chunkSize));
  return pieces;
}

function scan(reply: string): number {
  const scanner = scannerOf();
  return scanner.feed(reply).length + scanner.end().length;
}

function scanChunks(pieces: readonly string[]): number {
  const scanner = scannerOf();
  let blocks = 0;
  for (const piece of pieces) blocks += scanner.feed(piece).length;
  return blocks + scanner.end().length;
}

/** The minimum work of any program that reads lines from a stream. */
function joinChunks(pieces: readonly string[]): number {
  let lines = 0;
  let rest = '';
  for (const piece of pieces) {
    rest += piece;
    if (!piece.includes('\n')) continue;
    lines += rest.charCodeAt(rest.length - 1) === 10 ? 1 : 0;
    rest = '';
  }
  return lines;
}

function scanAgain(reply: string): number {
  let blocks = 0;
  for (let end = chunkSize; end < reply.length + chunkSize; end += chunkSize) {
    blocks = [...reply.slice(0, end).matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].length;
  }
  return blocks;
}

/** Millions of characters per second: the median, after the engine has warmed up. */
function measure(times: number, size: number, work: () => number): number {
  let found = 0;
  for (let warm = 0; warm < Math.min(times, 5); warm += 1) found += work();
  const seconds: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const before = performance.now();
    found += work();
    seconds.push((performance.now() - before) / 1000);
  }
  if (found < 0) throw new Error('Nothing may be left out because nobody looks at it.');
  seconds.sort((one, other) => one - other);
  return size / 1e6 / seconds[Math.floor(times / 2)]!;
}

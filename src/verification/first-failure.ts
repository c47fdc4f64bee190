import { shorten } from '../utils/printable.ts';
import { withoutMachinePaths } from './machine-paths.ts';
import type { TestResult } from './test-results.ts';

export interface FirstFailureOptions {
  /** Our own sentence, placed before it. */
  said: string | undefined;
  /** The failed test; absent: read it from the output. */
  test: TestResult | undefined;
  /** Of the whole command, safe to show. */
  output: string;
  /** Absolute: where the command ran. */
  folder: string | undefined;
}

const mostCharacters = 1200;
const longestLine = 300;
/** Long enough for any failure that somebody reads. */
const mostLines = 4000;

/**
 * Lines that name the error or the expected value: Python, Node, Go, Rust, Java, and compilers, which name the place in the same line.
 */
const telling: readonly RegExp[] = [
  /^E {2,}/,
  /\b[A-Za-z]{0,60}(?:Error|Exception)\b/,
  /^ *(?:\[ERROR\] )?(?:error|fatal|panic|vet)\b/i,
  /\bpanicked at\b|\bassertion\b.{0,80}\bfailed\b/,
  /\b(?:expected|received|actual|got|want|but was)\b/i,
  /^ *(?:left|right): /,
  /^ *[-+] {1,8}\S/,
  /^ *\S{1,200}\.[A-Za-z]{1,5}(?::\d{1,9}(?::\d{1,9})?|\(\d{1,9},\d{1,9}\)|:\[\d{1,9},\d{1,9}\]|: line \d{1,9}): /,
  /\bCannot find (?:module|package)\b|: not found$/,
  /^ *(?:FAIL|ERROR): /,
];
/** Where it happened. */
const place = /^ *File "|\bat .{0,200}:\d|^ *(?:-->|❯) |\.[A-Za-z]{1,5}:\d{1,9}\b/;
/** Lines that every failure of a tool contains, and internals of test runners. */
const noise: readonly RegExp[] = [
  /^[\s=~_^*.!|…⎯{}[\]();,-]*$/,
  /^\s*at .*(?:\bnode:|node_modules\/|<anonymous>\)$|java\.base\/|org\.junit|jdk\.internal)/,
  /node:internal|^node:|<frozen |lib\/python\d|\/rustc\/|\/unittest\/|\/importlib\/|site-packages/,
  /^(?:\[INFO\]|\[ERROR\] (?:\[Help|Re-run|To see|For more|->)|\[ERROR\]$|npm (?:error A complete|notice)|JUNIT report|Test results written)/,
  /^\s*(?:generatedMessage|code|operator|diff|failureType|exitCode): /,
  /^\[?(?:Error )?\[?(?:ERR_TEST_FAILURE|Error: test failed)/,
  /^\s*throw (?:new AssertionError\(obj\)|err);$/,
  /^(?:Traceback|note: |Hint: make sure|go: finding module|Node\.js v|For more information about|ℹ |=== RUN|# )/,
  /^ {3,}(?:Compiling|Finished|Running|Doc-tests) |^error: (?:test failed, to rerun|\d{1,5} targets? failed)|^(?:running \d|test result: |test .{1,400} \.\.\. )/,
];

/** What failed first, for whoever has to fix it: the assertion, the expected value and the place; then the rest, as far as there is room. */
export function firstFailure({ said, test, output, folder }: FirstFailureOptions): string {
  const message = test?.message ?? '';
  const lines = linesOf(isTelling(message) ? message : `${message}\n${output}`, folder);
  const isPlace = (line: string) => place.test(line);
  const parts = [
    room(said === undefined ? [] : [said], 300),
    room(test === undefined ? [] : [`${withoutMachinePaths(test.name, folder)} failed`], 250),
    room(lines.filter(tells), 700),
    room(
      lines.filter((line) => !tells(line) && isPlace(line)),
      250,
    ),
  ].flat();
  const rest = lines.filter((line) => !parts.includes(line));
  const used = parts.reduce((sum, line) => sum + line.length + 1, 0);
  const whole = [...parts, ...room(rest, mostCharacters - used)].join('\n');
  return whole === '' ? 'The command failed and printed nothing.' : whole;
}

/** Whether a text says what is wrong and not only that something is. */
export function isTelling(text: string): boolean {
  return text.split('\n', mostLines).some((line) => !isNoise(line) && tells(line));
}

function tells(line: string): boolean {
  return telling.some((pattern) => pattern.test(line));
}

function isNoise(line: string): boolean {
  return noise.some((pattern) => pattern.test(line));
}

/** Without duplicates: a report gives the message and then the whole failure, indented or with a mark. */
function linesOf(text: string, folder: string | undefined): string[] {
  const lines = new Map<string, string>();
  let isForeign = false;
  for (const line of text.split('\n', mostLines)) {
    // Python shows the line of code below each place.
    if (/^ {2}File "/.test(line)) isForeign = isNoise(line);
    else if (!line.startsWith('    ')) isForeign = false;
    if (isForeign || isNoise(line)) continue;
    const shown = shorten(withoutMachinePaths(line.trimEnd(), folder), longestLine);
    const said = shown.replace(/^E(?= {2})/, '').trim();
    if (!lines.has(said)) lines.set(said, shown);
  }
  return [...lines.values()];
}

/** As many of the first lines as fit. */
function room(lines: readonly string[], most: number): string[] {
  const kept: string[] = [];
  let left = most;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return kept;
}

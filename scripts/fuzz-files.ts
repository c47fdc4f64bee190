/**
 * Feeds random replies to the extractor of files until one breaks a promise, a million have passed, or the time is over.
 * Options: `--runs 1000000`, `--seconds 600`, `--seed <number>` to repeat a run.
 */
import { parseArgs } from 'node:util';
import { fuzzFiles } from '../test/fuzz/fuzz-files.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000000' }, seconds: { type: 'string', default: '600' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
console.log(`Seed ${seed}`);
const { runs, written, blocks } = await fuzzFiles({ runs: Number(values.runs), seconds: Number(values.seconds), seed });
console.log(`${runs} replies with ${blocks} blocks read, ${written} files written: nothing thrown, nothing outside.`);

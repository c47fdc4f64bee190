import { spawnSync } from 'node:child_process';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeCheck } from '../../src/verification/judge-check.ts';
import { planChecks } from '../../src/verification/plan-checks.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { checkedFiles, judgeRecording, readRecording, recordingsFolder } from './recording.ts';
import { runPlanned } from './run-planned.ts';

/** Whether a toolchain is here by whether this works; Python's own tools and Node always are. */
const toolchains: readonly { name: RegExp; needs?: string; packages?: true }[] = [
  { name: /^(?:unittest|python-script|shell|node)-/ },
  { name: /^pytest-/, needs: 'python3 -m pytest --version' },
  // Those that this project is made with itself.
  { name: /^(?:vitest|typescript)-(?!not-installed)/, packages: true },
  { name: /^go-/, needs: 'go version' },
  { name: /^cargo-/, needs: 'cargo --version' },
  { name: /^javac-/, needs: 'javac -version' },
];

const recordings = readdirSync(recordingsFolder).map((file) => file.slice(0, -'.json'.length));

describe.each(toolchains)('the tools of this machine, $name', ({ name, needs, packages }) => {
  const isHere = needs === undefined || spawnSync('/bin/sh', ['-c', needs]).status === 0;
  const own = recordings.filter((recording) => name.test(recording));

  it.skipIf(!isHere).each(own)(`are read like their recordings: %s${isHere ? '' : ` (skipped: no '${needs}' here)`}`, async (recording) => {
    const { files } = readRecording(recording);
    const place = packages && temporaryFolder();
    if (place !== undefined) symlinkSync(join(import.meta.dirname, '../../node_modules'), join(place, 'node_modules'));
    const recorded = await judgeRecording(recording);
    const checks = await planChecks(checkedFiles(files));
    for (const [at, check] of checks.entries()) {
      const { exitCode, ...ran } = await runPlanned(files, check, place);
      const verdict = judgeCheck(check, { ...ran, exitCode, outcome: exitCode === 0 ? 'passed' : 'failed' });
      expect(countsOf(verdict)).toEqual(countsOf(recorded[at]!.verdict));
    }
  });
});

/** Without words and times, which differ from version to version. */
function countsOf(verdict: ReturnType<typeof judgeCheck>): unknown {
  if (verdict.kind !== 'passed' && verdict.kind !== 'failed') return verdict;
  const { passed, failed, skipped } = verdict.results ?? {};
  return { kind: verdict.kind, passed, failed, skipped };
}

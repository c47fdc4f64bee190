import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PlannedCheck } from '../../src/verification/planned-check.ts';
import { readReport } from '../../src/verification/read-report.ts';
import type { RecordedRun } from './recording.ts';

export interface PlannedRun extends RecordedRun {
  /** Absolute: where it ran. It is gone again. */
  folder: string;
}

/** Runs a check on files in a folder of their own. @param place The folder around it, in which packages may be installed; default: a temporary one. */
export async function runPlanned(
  files: Readonly<Record<string, string>>,
  check: PlannedCheck,
  place: string = tmpdir(),
): Promise<PlannedRun> {
  const above = realpathSync(mkdtempSync(join(place, 'check-')));
  const folder = join(above, 'files');
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const ran = spawnSync('/bin/sh', ['-c', `{ ${check.command}\n} 2>&1`], { cwd: folder, encoding: 'utf8', timeout: 300_000 });
    const report = check.report === undefined ? undefined : await readReport(folder, check.report);
    return { folder, command: check.command, exitCode: ran.status ?? -1, output: ran.stdout, ...(report === undefined ? {} : { report }) };
  } finally {
    rmSync(above, { recursive: true, force: true });
  }
}

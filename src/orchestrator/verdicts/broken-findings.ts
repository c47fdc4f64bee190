import type { RunState } from '../../state/run/run-state.ts';
import { standingWork } from '../artifacts/standing-files.ts';
import { isRepairable } from '../judging/broken-file.ts';
import type { VerdictFinding } from '../verdict.ts';

/** The files that stand and do not parse, each as a finding: a parser is a check like any other. Of languages with dialects it is not believed. */
export function brokenFindings(state: RunState): VerdictFinding[] {
  return standingWork(state).flatMap(({ path, sha256 }): VerdictFinding[] => {
    const check = state.artifacts.findLast((version) => version.path === path && version.sha256 === sha256)?.check;
    const [first] = check?.findings ?? [];
    if (check === undefined || first === undefined || !isRepairable(check.language)) return [];
    return [{ file: path, line: first.line, severity: 'critical', text: `It does not parse as ${check.language}: ${first.message}.` }];
  });
}

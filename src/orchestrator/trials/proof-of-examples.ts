import type { ExamplesRecord, RunState } from '../../state/run/run-state.ts';
import { standingFiles } from '../artifacts/standing-files.ts';
import { isProgram } from './example-trials.ts';

/** What the requirement's examples say of the programs of a run. */
export interface ProofOfExamples {
  /** How many hold, of those that were run. */
  held: number;
  run: number;
  /** Those that could not be run on this machine. */
  notRun: number;
  /** What they ran in; `off`: nothing; absent: nowhere. */
  sandbox?: string | undefined;
  examples: ExamplesRecord['examples'];
  /** Whether the programs are still those that were tried. */
  fresh: boolean;
}

/** Of the version that was tried last and was kept; undefined: none was tried. */
export function proofOfExamples(state: RunState): ProofOfExamples | undefined {
  const standing = standingPrograms(state);
  const record = state.examples.findLast(({ files }) => isSame(files, standing)) ?? state.examples.at(-1);
  if (record === undefined) return undefined;
  const count = (outcome: string) => record.examples.filter((example) => example.outcome === outcome).length;
  const [held, failed] = [count('holds'), count('fails')];
  const { sandbox, examples } = record;
  return { held, run: held + failed, notRun: count('not_run'), sandbox, examples, fresh: isSame(record.files, standing) };
}

function standingPrograms(state: RunState): { path: string; sha256: string }[] {
  return standingFiles(state).filter(({ path }) => isProgram(path));
}

function isSame(tried: readonly { path: string; sha256: string }[], standing: readonly { path: string; sha256: string }[]): boolean {
  const hashes = new Map(standing.map(({ path, sha256 }) => [path, sha256]));
  return tried.length === standing.length && tried.every(({ path, sha256 }) => hashes.get(path) === sha256);
}

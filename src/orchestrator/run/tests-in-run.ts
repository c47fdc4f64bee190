import type { TestsInRun } from '../../agents/instruction-text.ts';
import type { TeamInstructions } from '../../agents/team-instructions.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { SandboxProbe } from '../../sandbox/sandbox.ts';

export interface TestsInRunOptions {
  settings: Pick<Settings, 'verify'>;
  /** What this machine offers to run them in. */
  probe: () => Promise<SandboxProbe>;
  instructions: TeamInstructions;
  /** The preamble of a run that goes on. */
  recorded?: string | undefined;
}

const lengths = ['full', 'brief', 'plain'] as const;

/**
 * Whether the team is told that tests are run. A run that goes on says what it said at its beginning, also on another machine: the server has read it, and what it
 * promises is only what is tried.
 */
export async function testsInRun({ settings, probe, instructions, recorded }: TestsInRunOptions): Promise<TestsInRun> {
  const said = (['written', 'run'] as const).filter((tests) => lengths.some((length) => instructions.preamble(length, tests) === recorded));
  if (said[0] !== undefined && said.length === 1) return said[0];
  return settings.verify !== 'off' && (await probe()).state === 'ready' ? 'run' : 'written';
}

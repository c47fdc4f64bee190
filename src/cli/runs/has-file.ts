import { filesNamed } from '../../orchestrator/artifacts/files-to-apply.ts';
import type { RunState } from '../../state/run/run-state.ts';

/** Whether a run has written a file of this name, or files into a folder of this name. */
export function hasFile({ artifacts }: RunState, name: string): boolean {
  const known = artifacts.map(({ path }) => path);
  return filesNamed(name, known).length > 0;
}

import { realpathSync } from 'node:fs';
import { contains } from '../../sandbox/visible/visible-places.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { projectFolder } from '../project-folder.ts';

/** Absolute: the project that a run works on, for tools that look at the project itself. Undefined if it knows none, or if that is not there any more, or leads elsewhere. */
export function projectToLookAt(input: RunState['input'], workspace: string): string | undefined {
  if (input.project === undefined) return undefined;
  try {
    const project = realpathSync(projectFolder(workspace, input));
    return contains(realpathSync(workspace), project) ? project : undefined;
  } catch {
    return undefined;
  }
}

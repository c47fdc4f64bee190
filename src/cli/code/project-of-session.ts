import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { FirstTurn } from '../../operations/take-turn.ts';
import type { AgentOrchestrator } from '../../orchestrator/agent-orchestrator.ts';
import { readProjectFiles } from '../read-project-files.ts';
import type { CodeOptions } from './code-options.ts';

/**
 * What a new session reads of the project: what is named, else the folder, whether Git knows it or not. Somebody's home folder, and the root of a disk, are no project.
 * @throws what `readProjectFiles` throws.
 */
export async function projectOfSession(
  options: CodeOptions,
  { workspace, settings }: Pick<AgentOrchestrator, 'workspace' | 'settings'>,
): Promise<NonNullable<FirstTurn['given']>> {
  const given = await readProjectFiles(options);
  if (given.project !== 'auto' || settings.project === 'off') return given;
  const folder = resolve(workspace);
  const isProject = folder !== resolve(homedir()) && folder !== dirname(folder);
  return isProject ? { ...given, project: {} } : given;
}

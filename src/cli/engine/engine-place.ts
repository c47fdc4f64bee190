import { homedir } from 'node:os';
import process from 'node:process';
import { engineFolder, findLibrary } from '../../local-engine/embedded/native-library.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** Where the embedded engine is installed for all projects of a person. */
export function ownEngineFolder(): string {
  return engineFolder(process.env, homedir());
}

/** Where the engine is installed, there or beside this program; undefined if it is not. */
export function enginePlace(): string | undefined {
  try {
    return findLibrary({ folder: ownEngineFolder() });
  } catch (error) {
    if (error instanceof MultiagentError) return undefined;
    throw error;
  }
}

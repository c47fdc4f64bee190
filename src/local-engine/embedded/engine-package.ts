import { join } from 'node:path';

/** The optional package that brings llama.cpp into a Node process, in the version that this program was tried with. */
export const enginePackage = { name: 'node-llama-cpp', version: '3.21.1' } as const;

/** Where `multiagent engine install` puts it: beside what else this program keeps for all projects of a person. */
export function engineFolder(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  return join(environment['XDG_CACHE_HOME'] || join(environment['HOME'] || home, '.cache'), 'multiagent', 'engine');
}

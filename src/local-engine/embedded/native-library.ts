import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { RenderTemplate } from './chat-template.ts';

/** The optional package that runs llama.cpp in a Node process, in the version that this program was tested with. */
export const enginePackage = { name: 'node-llama-cpp', version: '3.21.1' } as const;

/** Where `multiagent engine install` puts the package: in this program's cache for all projects of a person. */
export function engineFolder(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  return join(environment['XDG_CACHE_HOME'] || join(environment['HOME'] || home, '.cache'), 'multiagent', 'engine');
}

export type NativeLibrary = typeof import('node-llama-cpp');

export const installHint = 'Install it: multiagent engine install. It tells you the size before it begins.';

export interface LibraryPlace {
  /** Where `multiagent engine install` puts it. */
  folder?: string | undefined;
  name?: string | undefined;
}

/**
 * Loads the optional package that runs llama.cpp in a Node process.
 * @throws MultiagentError `embedded.not_installed` with the command that installs it.
 */
export async function loadNativeLibrary(place: LibraryPlace = {}): Promise<NativeLibrary> {
  return (await import(pathToFileURL(findLibrary(place)).href)) as NativeLibrary;
}

/**
 * The main file of the package. The package installed beside this program wins, because the project chose its version.
 * @throws MultiagentError `embedded.not_installed`
 */
export function findLibrary({ folder, name = enginePackage.name }: LibraryPlace): string {
  const places = [import.meta.url, ...(folder === undefined ? [] : [join(folder, 'package.json')])];
  const failures: unknown[] = [];
  for (const place of places) {
    try {
      return createRequire(place).resolve(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
      failures.push(error);
    }
  }
  throw new MultiagentError({
    category: 'model',
    code: 'embedded.not_installed',
    message: `The embedded engine needs the package ${enginePackage.name}, which is not installed.`,
    hint: installHint,
    cause: failures[0],
  });
}

/** The Jinja engine is a dependency of the native library, so it is resolved from there. */
export function compileTemplate(source: string, place: LibraryPlace = {}): RenderTemplate {
  const fromLibrary = createRequire(findLibrary(place));
  const { Template } = fromLibrary('@huggingface/jinja') as { Template: new (source: string) => { render: RenderTemplate } };
  const template = new Template(source);
  return (variables) => template.render(variables);
}

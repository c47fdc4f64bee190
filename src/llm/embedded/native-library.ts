import { createRequire } from 'node:module';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { RenderTemplate } from './chat-template.ts';

export type NativeLibrary = typeof import('node-llama-cpp');

export const installCommand = 'npm install node-llama-cpp@^3.21.1';

const libraryName = 'node-llama-cpp';

/**
 * Loads the optional package that brings llama.cpp into a Node process.
 * @throws MultiagentError `embedded.not_installed` with the command that installs it.
 */
export async function loadNativeLibrary(load: () => Promise<NativeLibrary> = () => import('node-llama-cpp')): Promise<NativeLibrary> {
  try {
    return await load();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new MultiagentError({
      code: 'embedded.not_installed',
      message: `The embedded server needs the package ${libraryName}, which is not installed.`,
      hint: `Run: ${installCommand}`,
      cause: error,
    });
  }
}

/** The Jinja engine is a dependency of the native library, so it is looked up from there: it need not be reachable from here. */
export function compileTemplate(source: string): RenderTemplate {
  const fromLibrary = createRequire(createRequire(import.meta.url).resolve(libraryName));
  const { Template } = fromLibrary('@huggingface/jinja') as { Template: new (source: string) => { render: RenderTemplate } };
  const template = new Template(source);
  return (variables) => template.render(variables);
}

import { ModelError } from '../../model-error.ts';

const packageName = '@anthropic-ai/sdk';

/**
 * Imports what needs Anthropic's package. It is a quarter of what an installation of this program would take, and only those who ask Anthropic install it.
 * @param name The provider's name in the settings.
 * @throws ModelError `provider.package_missing`.
 */
export async function requirePackage<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(packageName)) throw error;
    throw new ModelError({
      kind: 'configuration',
      code: 'provider.package_missing',
      message: `The provider ${name} (Anthropic) needs the package ${packageName}, which is not installed.`,
      hint: `Type "npm install ${packageName}" where multiagent is installed (with -g if it is there for the whole machine).`,
      cause: error,
    });
  }
}

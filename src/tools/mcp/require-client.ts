import { McpError } from './mcp-error.ts';

const packageName = '@modelcontextprotocol/client';

/**
 * Imports the official client. It is a tenth of what an installation of this program would take, and only those who name a server install it.
 * @param server The server's name in the settings.
 * @throws McpError if it is not installed.
 */
export async function requireClient<Module>(server: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(packageName)) throw error;
    throw new McpError(server, `needs the package ${packageName}, which is not installed`, {
      hint: `Type "npm install ${packageName}" where multiagent is installed (with -g if it is there for the whole machine).`,
      cause: error,
    });
  }
}

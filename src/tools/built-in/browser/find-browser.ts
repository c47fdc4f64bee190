import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MultiagentError } from '../../../utils/multiagent-error.ts';

export interface FoundBrowser {
  /** Absolute. */
  program: string;
  /** The address of playwright-core's module. */
  library: string;
  /** Absolute: what both need beside the programs and libraries of the system. */
  readable: string[];
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Where distributions keep the switches that their scripts read. */
const settings = ['/etc/chromium.d', '/etc/chromium', '/etc/chromium-browser'];
const packageName = 'playwright-core';

/**
 * Chromium on this machine, and the package that drives it. Neither comes along: those who want pages to be looked at install them.
 * @param environment Its `PATH` says where to look.
 * @param resolve Finds a package's file. Default: as an import of this file would.
 * @throws MultiagentError `browser.not_found`, `browser.no_package`.
 */
export function findBrowser(
  environment: Readonly<Record<string, string>>,
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): FoundBrowser {
  const manifest = packageFile(resolve);
  const folder = dirname(manifest);
  const program = (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((place) => isAbsolute(place))
    .flatMap((place) => names.map((name) => join(place, name)))
    .find((path) => existsSync(path));
  if (program === undefined)
    throw new MultiagentError({
      code: 'browser.not_found',
      message: `No page can be looked at: there is no Chromium on this machine (${names.join(', ')}).`,
      hint: 'Install Chromium or Chrome, for instance with "sudo apt-get install chromium". Until then go on without looking at pages.',
    });
  return {
    program,
    library: pathToFileURL(join(folder, 'index.mjs')).href,
    readable: [folder, ...settings.filter((path) => existsSync(path)), ...ownFolder(program)],
  };
}

function packageFile(resolve: (name: string) => string): string {
  try {
    return realpathSync(resolve(`${packageName}/package.json`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new MultiagentError({
      code: 'browser.no_package',
      message: `No page can be looked at: the package ${packageName} is not installed.`,
      hint: `Type "npm install ${packageName}" where multiagent is installed (with -g if it is there for the whole machine). Until then go on without looking at pages.`,
      cause: error,
    });
  }
}

/** Where the program is a link to one in a folder of its own, such as /opt/google/chrome, it needs that folder. Any other folder may hold what is nobody's business. */
function ownFolder(program: string): string[] {
  const folder = dirname(realpathSync(program));
  return existsSync(join(folder, 'icudtl.dat')) ? [folder] : [];
}

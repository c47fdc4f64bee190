import process from 'node:process';
import { findBrowser } from '../../src/tools/built-in/browser/find-browser.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';

/** Why no browser of this machine can be tried; undefined where one can. For the names of tests that are skipped. @param path Where programs are looked for. */
export function noBrowserIn(path: string): string | undefined {
  try {
    findBrowser({ PATH: path });
    return undefined;
  } catch (error) {
    if (error instanceof MultiagentError) return error.message;
    throw error;
  }
}

export const noBrowser = noBrowserIn(process.env['PATH'] ?? '');

export const browserNote = noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`;

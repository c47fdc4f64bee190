import process from 'node:process';
import { chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
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

/** An empty page of a real browser, which goes with the test. Nothing that it asks for is looked up or sent. */
export async function emptyPage(): Promise<Page> {
  const { program } = findBrowser({ PATH: process.env['PATH'] ?? '' });
  const browser = await chromium.launch({ executablePath: program, args: ['--host-resolver-rules=MAP * ~NOTFOUND'], timeout: 0 });
  onTestFinished(() => browser.close());
  return browser.newPage();
}

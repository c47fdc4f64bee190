import { chromium } from 'playwright-core';
import { pathToFileURL } from 'node:url';

export interface ReportPictureOptions {
  /** The program of Chromium. */
  browser: string;
  /** Of the window, in pixels. */
  width: number;
  height: number;
}

/** The upper part of a report as a browser shows it: a PNG. Nothing that the page asks for is looked up. */
export async function reportPicture(file: string, { browser, width, height }: ReportPictureOptions): Promise<Buffer> {
  const chrome = await chromium.launch({ executablePath: browser, args: ['--host-resolver-rules=MAP * ~NOTFOUND'] });
  try {
    const page = await chrome.newPage({ viewport: { width, height }, colorScheme: 'light' });
    await page.goto(pathToFileURL(file).href);
    return await page.screenshot();
  } finally {
    await chrome.close();
  }
}

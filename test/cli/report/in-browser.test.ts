import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { comparisonPage } from '../../../src/cli/report/comparison-page.ts';
import { reportPage } from '../../../src/cli/report/report-page.ts';
import { compareRuns } from '../../../src/operations/report/compare-runs.ts';
import { reportOfRun } from '../../../src/operations/report/report-of-run.ts';
import { browserNote, emptyPage, noBrowser } from '../../support/browser-here.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { patience } from '../../support/patience.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hostileTexts } from './hostile-texts.ts';
import { fullRun } from './run-to-report.ts';

const hostile = Object.values(hostileTexts).join('\n\n');
const pages: Readonly<Record<string, () => Promise<string>>> = {
  'about a run': async () => reportPage(await reportOfRun(await fullRun(hostile).workspace(), 'r')),
  'that compares two runs': async () => {
    const store = new MemoryEventStore();
    await fullRun('words', 'a').workspace(store);
    return comparisonPage(await compareRuns(await fullRun(hostile, 'b').workspace(store), 'a', 'b'));
  },
};

/** A page of ours as somebody opens it, and what went wrong with it so far: errors, and whatever it asked for beside itself. */
async function opened(html: string): Promise<{ page: Page; wrong: string[] }> {
  const file = join(temporaryFolder(), 'page.html');
  writeFileSync(file, html);
  const address = pathToFileURL(file).href;
  const page = await emptyPage();
  const wrong: string[] = [];
  page.on('console', (message) => void wrong.push(message.text()));
  page.on('pageerror', ({ message }) => void wrong.push(message));
  page.on('dialog', (dialog) => {
    wrong.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => void (request.url() === address || wrong.push(request.url())));
  page.setDefaultTimeout(patience);
  await page.goto(address);
  return { page, wrong };
}

/** What axe finds, with all that is folded opened. What is run in the page is text here: the types of a browser are not those of this program. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  const { violations: found } = await page.evaluate<AxeResults>('axe.run()');
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html.slice(0, 200))
        .slice(0, 5)
        .join(' ')}`,
  );
}

/** Whether a place of the page is in sight, and unfolded where it belongs to a step. */
const isInSight = (link: string) => `(() => {
  const target = document.getElementById(${JSON.stringify(link.slice(1))});
  const { top, bottom } = target?.getBoundingClientRect() ?? { top: 0, bottom: -1 };
  return bottom >= 0 && top < innerHeight && (target?.closest('details')?.open ?? true);
})()`;

describe.skipIf(noBrowser !== undefined)(`a page full of hostile texts, in a real browser${browserNote}`, () => {
  it.each(Object.entries(pages))('%s gives it nothing to complain about, and each of its links leads where it says', async (_, make) => {
    const { page, wrong } = await opened(await make());
    const links = await page
      .locator('a[href^="#"]')
      .evaluateAll((found) => [...new Set(found.map((link) => link.getAttribute('href') ?? ''))]);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      await page.evaluate(`location.hash = ${JSON.stringify(link)}`);
      // Going there takes a moment. Whatever was moved meanwhile has then come to rest.
      await page.waitForFunction(isInSight(link));
    }
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(pages))('%s can be read by everybody: light and dark, on a screen and on a phone', async (_, make) => {
    const { page } = await opened(await make());
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 360]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        expect(await violations(page), `${colorScheme}, ${width}`).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    }
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { reportPage } from '../../../src/cli/report/report-page.ts';
import { reportOfRun } from '../../../src/operations/report/report-of-run.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hostileTexts } from './hostile-texts.ts';
import { fullRun } from './run-to-report.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const browser = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((file) => existsSync(file));

it.skipIf(browser === undefined)(
  `a browser has nothing to complain about in a page full of hostile texts, and opens the step that a link leads to (skipped where there is none of ${names.join(', ')})`,
  async () => {
    const page = reportPage(await reportOfRun(await fullRun(Object.values(hostileTexts).join('\n\n')).workspace(), 'r'));
    const folder = temporaryFolder();
    const file = join(folder, 'page.html');
    writeFileSync(file, page);
    const { stdout, stderr, status } = spawnSync(
      browser ?? '',
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--enable-logging=stderr',
        `--user-data-dir=${join(folder, 'profile')}`,
        '--dump-dom',
        `file://${file}#step-2`,
      ],
      { encoding: 'utf8', maxBuffer: 100_000_000 },
    );
    expect(status).toBe(0);
    expect(stderr.split('\n').filter((line) => line.includes(':CONSOLE'))).toEqual([]);
    const steps = [...stdout.matchAll(/<details class="step"([^>]*)>/g)].map(([, attributes]) => attributes?.trim());
    expect(steps.slice(0, 3)).toEqual(['', 'open=""', '']);
  },
);

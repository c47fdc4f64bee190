import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../../../src/tools/built-in/browser/find-browser.ts';
import { folderOf } from '../../../support/folder-of.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const missing = Object.assign(new Error("Cannot find module 'playwright-core/package.json'"), { code: 'MODULE_NOT_FOUND' });

describe('the browser of this machine', () => {
  it('is the first of the usual names on PATH, with the package that drives it', () => {
    const folder = folderOf({ 'a/google-chrome': '', 'b/chromium': '', 'b/chromium-browser': '' });
    const found = findBrowser({ PATH: `relative::${join(folder, 'none')}:${join(folder, 'b')}:${join(folder, 'a')}` });
    expect(found.program).toBe(join(folder, 'b/chromium'));
    expect(fileURLToPath(found.library)).toMatch(/playwright-core\/index\.mjs$/);
  });

  it('shows the sandbox the folder that a link leads to only where a browser is in it', () => {
    const folder = folderOf({ 'chrome/google-chrome': '', 'chrome/icudtl.dat': '', 'home/chromium': '', 'home/diary.txt': '' });
    const [bin, other] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(join(folder, 'chrome/google-chrome'), join(bin, 'google-chrome'));
    symlinkSync(join(folder, 'home/chromium'), join(other, 'chromium'));
    expect(findBrowser({ PATH: bin }).readable).toContain(join(folder, 'chrome'));
    expect(findBrowser({ PATH: other }).readable).not.toContain(join(folder, 'home'));
  });

  it('is missing: what to install is said', () => {
    const nowhere = { PATH: temporaryFolder() };
    expect(() => findBrowser(nowhere)).toThrow(
      expect.objectContaining({
        code: 'browser.not_found',
        message: expect.stringContaining('there is no Chromium on this machine (chromium, '),
        hint: expect.stringContaining('apt-get install chromium'),
      }),
    );
    expect(() => findBrowser({})).toThrow(expect.objectContaining({ code: 'browser.not_found' }));
  });

  it('needs a package that does not come along: what to type is said', () => {
    const resolve = () => {
      throw missing;
    };
    expect(() => findBrowser({ PATH: '/usr/bin' }, resolve)).toThrow(
      expect.objectContaining({
        code: 'browser.no_package',
        message: 'No page can be looked at: the package playwright-core is not installed.',
        hint: expect.stringContaining('npm install playwright-core'),
      }),
    );
  });
});

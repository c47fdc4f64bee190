import process from 'node:process';
import { compareVersions } from '../../utils/compare-versions.ts';
import { productVersion } from '../../utils/product-version.ts';
import { safeJson } from '../safe-json.ts';
import { newestVersion, packageName } from '../upgrade/newest-version.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent upgrade-check`: asks nobody, unless it is told to. */
export async function upgradeCheck({ ask, json }: { ask?: boolean | undefined; json?: boolean | undefined }): Promise<void> {
  const version = productVersion();
  const newest = ask === true ? await newestVersion() : undefined;
  if (json === true) {
    const isNewest = newest === undefined ? null : compareVersions(version, newest) >= 0;
    process.stdout.write(`${safeJson({ version, newest: newest ?? null, is_newest: isNewest })}\n`);
    return;
  }
  writeFolded(newest === undefined ? notAsked(version) : compared(version, newest));
}

function notAsked(version: string): string {
  return (
    `This is version ${version}. Nobody was asked for a newer one: this program never does so by itself.\n` +
    `  "multiagent upgrade-check --ask" asks the registry in your npm settings. To look yourself: npm view ${packageName} version\n`
  );
}

function compared(version: string, newest: string): string {
  const difference = compareVersions(version, newest);
  if (difference === 0) return `This is version ${version}, the newest one.\n`;
  if (difference > 0) return `This is version ${version}; the newest one in the registry is ${newest}.\n`;
  return `Version ${newest} is there; this is ${version}.\n  Install it as you installed this one: "multiagent help install". What has changed is in its CHANGELOG.md.\n`;
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enginePackage, loadNativeLibrary } from '../../../src/local-engine/embedded/native-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A package that nobody has installed, so that the error is the one that Node really throws. */
const name = 'node-llama-cpp-that-is-not-installed';

function installedIn(text: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  writeFileSync(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name, type: 'module', exports: './main.js' }));
  writeFileSync(join(folder, 'node_modules', name, 'main.js'), text);
  return folder;
}

describe('the optional native library', () => {
  it('is asked for with the exact command when it is missing', async () => {
    await expect(loadNativeLibrary({ name })).rejects.toMatchObject({
      code: 'embedded.not_installed',
      hint: expect.stringContaining('multiagent engine install'),
    });
  });

  it('is found where that command puts it', async () => {
    expect(await loadNativeLibrary({ name, folder: installedIn('export const found = "there";') })).toMatchObject({ found: 'there' });
  });

  it('hands on errors that are no missing package', async () => {
    await expect(loadNativeLibrary({ name, folder: installedIn('throw new Error("broken");') })).rejects.toThrow('broken');
  });

  it('has the version that this program is tried with', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    expect(manifest['devDependencies']?.[enginePackage.name]).toBe(enginePackage.version);
    expect(manifest['peerDependencies']?.[enginePackage.name]).toBe(`^${enginePackage.version}`);
  });
});

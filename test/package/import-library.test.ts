import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const library = join(import.meta.dirname, '..', '..', 'src', 'index.ts');

/** The characters of the library's code that a program carries which imports one name of it and is put into one file. */
async function carried(name: string): Promise<number> {
  const entry = '\0program';
  const bundle = await rolldown({
    input: entry,
    platform: 'node',
    // Its dependencies stay packages.
    external: (id) => !/^[./\0]/.test(id),
    onLog: () => undefined,
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? `import { ${name} } from ${JSON.stringify(library)};\nconsole.log(${name});` : null),
      },
    ],
  });
  const { output } = await bundle.generate({});
  return output.reduce((sum, part) => sum + (part.type === 'chunk' ? part.code.length : 0), 0);
}

describe('a program that imports the library', () => {
  it('carries only what it uses, where it is put into one file', async () => {
    const whole = await carried('AgentOrchestrator');
    expect(await carried('MultiagentError')).toBeLessThan(2000);
    for (const name of ['readSpec', 'listRuns', 'fileFormats']) expect(await carried(name), name).toBeLessThan(whole / 10);
  });

  it('finds nothing changed by that: no output, no file, no listener, no variable, nothing that keeps it from ending', () => {
    const folder = temporaryFolder();
    const program = `
      const known = () => ({
        listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
        environment: { ...process.env },
        // zod keeps what it knows of all its copies there.
        names: Object.getOwnPropertyNames(globalThis).filter((name) => !name.startsWith('__zod_')).sort(),
        prototypes: [Object, Array, String, Promise, Map].map(({ prototype }) => Object.getOwnPropertyNames(prototype).length),
        folder: process.cwd(),
        code: process.exitCode,
      });
      const before = known();
      await import(${JSON.stringify(library)});
      process.stdout.write(JSON.stringify({ before, after: known(), open: process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap') }));
    `;
    const { PATH } = process.env;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: folder,
      env: { PATH, HOME: folder },
      encoding: 'utf8',
    });
    const { before, after, open } = JSON.parse(output) as Record<string, unknown>;
    expect(after).toEqual(before);
    expect(open).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

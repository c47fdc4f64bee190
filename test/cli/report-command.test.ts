import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fake, start } from './runs/runs-in-a-project.ts';

describe('multiagent report', () => {
  it('writes one page about a run, and prints its path alone', { timeout: 60_000 }, async () => {
    const directory = temporaryFolder();
    const server = await fake();
    await start(server, directory).run();
    const { code, output, errors } = await runCommand(['report'], { directory });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/^output\/report_[\w-]+\.html\n$/);
    const page = readFileSync(join(directory, output.trim()), 'utf8');
    expect(page).toContain('<h2 id="outcome-title">Outcome and proof</h2>');
    expect(page).toContain('requirements_gathering');
  });

  it('says where there is no run', async () => {
    const { code, output, errors } = await runCommand(['report', 'k3f9'], { directory: temporaryFolder() });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain('There are no runs in');
  });
});

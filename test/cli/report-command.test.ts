import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fake, start } from './runs/runs-in-a-project.ts';

const reportsIn = (directory: string) => readdirSync(join(directory, 'output')).filter((name) => name.startsWith('report_'));

describe('multiagent report', () => {
  it('writes one page about a run, and prints its path alone', { timeout: 60_000 }, async () => {
    const directory = temporaryFolder();
    const server = await fake();
    await start(server, directory).run();
    rmSync(join(directory, 'output', reportsIn(directory)[0] ?? ''));
    const { code, output, errors } = await runCommand(['report'], { directory });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/^output\/report_[\w-]+\.html\n$/);
    const page = readFileSync(join(directory, output.trim()), 'utf8');
    expect(page).toContain('<h2 id="outcome-title">Outcome and proof</h2>');
    expect(page).toContain('requirements_gathering');
  });

  it('puts two runs side by side, in any order, and refuses a run and itself', { timeout: 120_000 }, async () => {
    const directory = temporaryFolder();
    const server = await fake();
    await start(server, directory).run();
    await start(server, directory).run();
    const [first = '', second = ''] = reportsIn(directory).map((name) => name.slice('report_'.length, -'.html'.length));
    const page = `output/report_${second}_${first}.html`;
    expect((await runCommand(['report', '--compare', first, second], { directory })).output).toBe(`${page}\n`);
    expect((await runCommand(['report', '--compare', second, first], { directory })).output).toBe(`${page}\n`);
    expect(readFileSync(join(directory, page), 'utf8')).toContain('<h2 id="files-title">Files that differ</h2>');
    const same = await runCommand(['report', '--compare', second], { directory });
    expect(same.code).toBe(2);
    expect(same.errors).toContain('is to be compared with itself');
  });

  it('is not needed at the end of a run, which names its page, unless report is off', { timeout: 60_000 }, async () => {
    const server = await fake();
    const directory = temporaryFolder();
    const { output } = await start(server, directory).run();
    expect(/^ {2}Report {3}output\/(.*)$/m.exec(output)?.[1]).toBe(reportsIn(directory)[0]);
    const other = temporaryFolder();
    writeFileSync(join(other, 'config.yaml'), 'report: off\n');
    const without = await start(server, other).run();
    expect(without.code).toBe(0);
    expect(without.output).not.toContain('Report');
    expect(reportsIn(other)).toEqual([]);
  });

  it('says where there is no run', async () => {
    const { code, output, errors } = await runCommand(['report', 'k3f9'], { directory: temporaryFolder() });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain('There are no runs in');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkflowResult } from '../../src/orchestrator/results/run-result.ts';
import { parses } from '../support/parses.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const resultOf = (directory: string, output: string) =>
  JSON.parse(
    readFileSync(join(directory, /output\/workflow_feature_development_\S+\.json/.exec(output)?.[0] ?? 'none'), 'utf8'),
  ) as WorkflowResult;

describe('multiagent demo', () => {
  it('goes from the sample to a program that parses, with real inference, and says that its model is tiny and what to do for real work', async () => {
    const directory = temporaryFolder();
    const { code, output, errors } = await runCommand(['demo'], { directory });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/a tiny model \(3 million parameters/);
    expect(output).toMatch(/For real work, see which models[^]*\n {2}.*multiagent\S* model start\n/);

    const result = resultOf(directory, output);
    expect(result.model.engine).toBe('embedded');
    const programs = result.tasks['implementation']?.result?.files_created.filter(({ path }) => /\.(py|ts)$/.test(path)) ?? [];
    expect(programs.length).toBeGreaterThan(0);
    for (const { path } of programs) {
      const program = readFileSync(join(directory, 'output', 'generated', 'latest', path), 'utf8');
      expect(await parses(path, program), path).toBe(true);
    }
  });

  it('reads each token once on one slot, by the engine’s own timings', async () => {
    const directory = temporaryFolder();
    const { output } = await runCommand(['demo', '--json'], { directory });
    const calls = output
      .trimEnd()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { type: string; data: { usage: { promptTokens: number; readTokens: number; replyTokens: number } } },
      )
      .filter(({ type }) => type === 'call.ended')
      .map(({ data }) => data.usage);
    expect(calls).toHaveLength(6);
    const read = calls.reduce((sum, { readTokens }) => sum + readTokens, 0);
    // What had to be read: the last prompt but for what the model itself had written into it. The closing mark of each reply is read, too.
    const written = calls.slice(0, -1).reduce((sum, { replyTokens }) => sum + replyTokens, 0);
    expect(read / ((calls.at(-1)?.promptTokens ?? 0) - written)).toBeLessThanOrEqual(1.02);
  });

  it('overlaps independent steps with --max-parallel 2', async () => {
    const directory = temporaryFolder();
    const { code, output } = await runCommand(
      [
        'run',
        'feature-development',
        '--requirement',
        'Keep notes. A note has a title and a text.',
        '--engine',
        'embedded',
        '--max-parallel',
        '2',
        '--json',
      ],
      { directory },
    );
    const events = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; sequence: number; data: { task: string } });
    const at = (type: string, task: string) => events.find((event) => event.type === type && event.data.task === task)?.sequence ?? 0;
    expect(code).toBe(0);
    const [first, second] = [at('task.started', 'testing'), at('task.started', 'deployment')];
    expect(Math.max(first, second)).toBeLessThan(Math.min(at('task.completed', 'testing'), at('task.completed', 'deployment')));
  });
});

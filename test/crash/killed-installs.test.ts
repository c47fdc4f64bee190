import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { CrashScene } from './crash-scene.ts';
import type { Moment } from './moment.ts';

const file = (path: string, content: string) => `\`\`\`text:${path}\n${content}\n\`\`\`\n`;

const replies: Record<string, string> = {
  bug_fix: `${file('package.json', '{ "dependencies": { "greet": "1" } }')}${file('greeting.js', "exports.greeting = require('greet');")}`,
  regression_testing: file(
    'greeting.test.js',
    "const { test } = require('node:test');\ntest('greets', () => {\n  if (require('./greeting.js').greeting !== 'Hello') throw new Error('no greeting');\n});",
  ),
  release_notes: file('NOTES.md', '# Mended'),
};

/** A run whose tests need a package, with a stand-in for npm that writes down each time that it runs, killed and resumed. */
async function killedRun({ moment, npm = '' }: { moment?: Moment; npm?: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'multiagent-log-'));
  try {
    const log = join(folder, 'log');
    const programs = join(folder, 'bin');
    mkdirSync(programs);
    const greet = `echo '{}' > node_modules/greet/package.json; echo 'module.exports = "Hello";' > node_modules/greet/index.js`;
    writeFileSync(join(programs, 'npm'), `#!/bin/sh\nmkdir -p node_modules/greet\necho ran >> ${log}\n${npm}\n${greet}\n`);
    chmodSync(join(programs, 'npm'), 0o755);
    await using scene = await CrashScene.open({
      settings: { verify: 'auto', sandbox: 'off', allow_install: true },
      orchestrator: { cacheFolder: folder, commandEnvironment: { PATH: `${programs}:${process.env['PATH'] ?? ''}` } },
      reply: ({ taskType }) => replies[taskType ?? ''] ?? 'The greeting is missing.',
    });
    const writer = scene.start({ moment });
    const run = await writer.begun;
    const times = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0);
    if (moment === undefined) {
      await vi.waitUntil(() => times() === 1, { timeout: 300_000, interval: 20 });
      writer.process.kill('SIGKILL');
    }
    expect((await writer.ended).signal, 'the moment comes').toBe('SIGKILL');
    const before = times();
    const result = await scene.resume(run);
    return { before, after: times(), result, kept: readdirSync(join(folder, 'packages')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The third activity of the run is fetching: the replies of two steps come before it.
describe.concurrent('packages of a run that is killed and resumed', () => {
  it.each<[string, Moment]>([
    ['they are there, and the journal does not say so yet', { before: 'activity.completed', number: 3 }],
    ['they are there', { before: 'task.completed', number: 2 }],
    ['the tests are under way that need them', { before: 'activity.completed', number: 5 }],
  ])('are not fetched again where %s', async (_, moment) => {
    const { before, after, result, kept } = await killedRun({ moment });
    expect([before, after]).toEqual([1, 1]);
    expect(result).toMatchObject({ status: 'completed', verification: { outcome: 'passed' } });
    expect(kept).toHaveLength(1);
  });

  it('are fetched for the first time where that had not begun', async () => {
    const { before, after, result } = await killedRun({ moment: { before: 'activity.started', number: 3 } });
    expect([before, after]).toEqual([0, 1]);
    expect(result.packages).toHaveLength(1);
  });

  it('are fetched again, and completely, where the fetching was cut off', async () => {
    const half = 'touch node_modules/half; [ "$(wc -l < "$(dirname "$0")/../log")" -gt 1 ] || exec sleep 20';
    const { before, after, result, kept } = await killedRun({ npm: half });
    expect([before, after, kept.length, result.verification.outcome]).toEqual([1, 2, 1, 'passed']);
    expect(result.packages).toHaveLength(1);
  });
});

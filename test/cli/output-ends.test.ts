import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { delimiter } from 'node:path';
import { text } from 'node:stream/consumers';
import process from 'node:process';
import { expect, test } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { commandFile } from '../support/command-file.ts';
import { commandFolder, ownVariables } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = ['run', 'analysis', '--requirement', 'A todo list.', '--json'];

function start(args: string[], directory: string, output: 'pipe' | number) {
  const child = spawn(process.execPath, [commandFile, ...args], {
    cwd: directory,
    env: { PATH: [commandFolder, process.env['PATH']].join(delimiter), HOME: directory, ...ownVariables(args) },
    stdio: ['ignore', output, 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => void child.on('close', resolve));
  return { child, ended, errors: text(child.stderr as NodeJS.ReadableStream) };
}

test('a reader that has seen enough of a run interrupts it, and whoever typed it learns how to go on', async () => {
  await using server = await startFakeLlamaServer();
  const { child, ended, errors } = start([...run, '--base-url', server.address], temporaryFolder(), 'pipe');
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await ended).toBe(130);
  expect(await errors).toMatch(/^Continue with: multiagent resume \S+\n$/);
});

test('a reader that has seen enough of a list is no error', async () => {
  const { child, ended, errors } = start(['config', 'schema'], temporaryFolder(), 'pipe');
  child.stdout?.destroy();
  expect([await ended, await errors]).toEqual([0, '']);
});

test.skipIf(!existsSync('/dev/full'))('an output that cannot be written is told without a stack, with how to go on', async () => {
  await using server = await startFakeLlamaServer();
  const { ended, errors } = start([...run, '--base-url', server.address], temporaryFolder(), openSync('/dev/full', 'w'));
  expect(await errors).toMatch(
    /^Error: The output cannot be written: the disk is full\.\n {2}Send it elsewhere, or free some disk space\.\nContinue with: multiagent resume \S+\n$/,
  );
  expect(await ended).toBe(1);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { expect, inject, test } from 'vitest';
import { commandFile } from '../support/command-file.ts';
import { ownVariables, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startHoldingProxy } from './start-holding-proxy.ts';

const requirement = 'A coupon store in Python. A coupon has a code and a discount.';

const protocols = ['OpenAI', 'Anthropic'] as const;

/** A folder whose run asks the server over a protocol. Only a person's own settings can name a provider. */
function project(protocol: (typeof protocols)[number], address: string) {
  const directory = temporaryFolder();
  const common = 'llm_temperature: 0\nmax_concurrent_agents: 1\n';
  writeFileSync(join(directory, 'config.yaml'), protocol === 'OpenAI' ? `llm_base_url: ${address}\n${common}` : common);
  if (protocol === 'OpenAI') return directory;
  const own = join(directory, '.config', 'multiagent');
  mkdirSync(own, { recursive: true });
  const entry = { kind: 'anthropic', base_url: address, api_key: 'any' };
  writeFileSync(join(own, 'config.yaml'), JSON.stringify({ llm_provider: 'work', providers: { work: entry } }));
  return directory;
}

/** Whether a text has a whole block in a fence. */
const hasBlock = (text: string) => /^```\w[^]*\n```/m.test(text);

/** The files of the only run of a workspace. */
function filesOf(directory: string): Record<string, string> {
  const generated = join(directory, 'output', 'generated');
  const [run = ''] = readdirSync(generated).filter((name) => name !== 'latest');
  const entries = readdirSync(join(generated, run), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path.slice(join(generated, run).length + 1), readFileSync(path, 'utf8')]));
}

/** Runs the command until the block in the reply of a task has been saved, then kills it. The server must hold that reply. */
async function runKilledIn(task: string, directory: string): Promise<{ run: string; saved: string }> {
  const args = ['run', 'feature-development', '--requirement', requirement, '--json'];
  const child = spawn(process.execPath, [commandFile, ...args], {
    cwd: directory,
    // As the undisturbed run has them: what the tiny model writes is not to be repaired.
    env: { PATH: process.env['PATH'], HOME: directory, ...ownVariables(args) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const pieces: string[] = [];
  let run = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const { type, stream, data } = JSON.parse(line) as { type: string; stream: string; data: { activity?: string; text?: string } };
    run = stream.slice('run:'.length);
    expect([type, data.activity], 'the kill came in mid-reply').not.toEqual(['activity.completed', `${task}/1`]);
    if (type !== 'reply.delta' || data.activity !== `${task}/1`) continue;
    pieces.push(data.text ?? '');
    if (hasBlock(pieces.join(''))) child.kill('SIGKILL');
  }
  const [, signal] = (await closed) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return { run, saved: pieces.join('') };
}

test.each(protocols)(
  'killed in mid-reply and resumed, a run at temperature 0 ends with the files of an undisturbed one (protocol of %s)',
  async (protocol) => {
    await using proxy = await startHoldingProxy(inject('llamaAddress'));
    const undisturbed = project(protocol, proxy.address);
    expect((await runCommand(['run', 'feature-development', '--requirement', requirement], { directory: undisturbed })).code).toBe(0);
    const expected = filesOf(undisturbed);

    for (const task of ['implementation', 'documentation']) {
      const directory = project(protocol, proxy.address);
      // Of the steps that a prompt tells of, the last one is asked for.
      const asks = (body: string) => [...body.matchAll(/# Step \d+ of \d+: (\w+)/g)].at(-1)?.[1] === task;
      // Behind the block, so that what is read back are the same tokens.
      proxy.hold(asks, hasBlock);
      const { run, saved } = await runKilledIn(task, directory);
      proxy.release();
      expect(saved).not.toBe('');
      const { code, output, errors } = await runCommand(['resume', run], { directory });
      expect({ code, errors }, output).toEqual({ code: 0, errors: '' });
      expect(filesOf(directory), `killed in ${task}, after ${JSON.stringify(saved.slice(-40))}`).toEqual(expected);
    }
  },
);

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FakeLlamaServer, startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { runCommand } from '../../support/run-command.ts';
import { replyAsTeam } from '../../support/team-replies.ts';

export async function fake(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), ...options });
  onTestFinished(() => server.close());
  return server;
}

export function start(server: FakeLlamaServer, directory: string, workflow = 'analysis') {
  const args = ['run', workflow, '--requirement', 'Build a bookmark manager.', '--base-url', server.address, '--max-parallel', '1'];
  return { args, run: () => runCommand(args, { directory }) };
}

/** Starts a run that waits after so many tokens; what ends it is up to the test. */
export async function liveRun(server: FakeLlamaServer, directory: string, tokens = 20) {
  server.gate.release(tokens);
  let kill: ((signal: NodeJS.Signals) => void) | undefined;
  const ended = runCommand(start(server, directory).args, { directory, onOutput: (_, child) => (kill = child.kill) });
  await server.waitForRequest(0);
  await server.gate.waiting(1);
  return { ended, kill: (signal: NodeJS.Signals) => kill?.(signal) };
}

export const runsOf = (directory: string) => readdirSync(join(directory, 'output', 'generated')).filter((name) => name !== 'latest');

export async function idOf(directory: string): Promise<string> {
  const { output } = await runCommand(['runs', '--json'], { directory });
  return (JSON.parse(output.split('\n', 1)[0] ?? '') as { run: string }).run;
}

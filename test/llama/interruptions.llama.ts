import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, inject, onTestFinished, test } from 'vitest';
import { commandFile } from '../support/command-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startLlamaServer } from './start-llama-server.ts';
import { teamOnLlama } from './team-on-llama.ts';

test('a server that is killed in mid-run fails the run clearly; what was finished is on disk', async () => {
  const server = await startLlamaServer({ program: inject('llamaProgram') });
  onTestFinished(() => server.stop());
  const workspace = temporaryFolder();
  const run = ['run', 'feature-development', '--requirement', 'A coupon store in Python.', '--base-url', server.address];
  const child = spawn(process.execPath, [commandFile, ...run, '--workspace', workspace, '--json'], {
    cwd: workspace,
    env: { PATH: process.env['PATH'], HOME: workspace, LLM_MAX_RETRIES: '0', TASK_RETRY_ATTEMPTS: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: { type: string; data: Record<string, unknown> }[] = [];
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as (typeof events)[number];
    events.push(event);
    // While the second step is under way.
    if (event.type === 'call.started' && String(event.data['activity']).startsWith('architecture_design/')) server.process.kill('SIGKILL');
  }
  const [code] = (await ended) as [number];
  expect(code).toBe(1);
  expect(events.find(({ type }) => type === 'task.failed')?.data).toMatchObject({
    task: 'architecture_design',
    error: { code: 'server.lost', message: expect.stringContaining(server.address), hint: expect.stringContaining('still running') },
  });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', data: { status: 'failed' } });

  const output = join(workspace, 'output');
  const [latest = ''] = readdirSync(join(output, 'generated')).filter((name) => name !== 'latest');
  expect(readdirSync(join(output, 'generated', latest))).toEqual([expect.stringMatching(/requirements_analysis\.md$/)]);
  const result = readdirSync(output).find((name) => name.endsWith('.json')) ?? '';
  const { status, tasks } = JSON.parse(readFileSync(join(output, result), 'utf8')) as {
    status: string;
    tasks: Record<string, { status: string }>;
  };
  expect([status, ...Object.values(tasks).map((task) => task.status)]).toEqual([
    'failed',
    'completed',
    'failed',
    'skipped',
    'skipped',
    'skipped',
    'skipped',
  ]);
});

/** Answers like a llama-server that is loading, until it is told that this is over; then everything goes to the real one. */
async function loadingServer(target: string) {
  let state: 'loading' | 'ready' = 'loading';
  const server = createServer((request, response) => {
    if (state === 'loading') {
      response.writeHead(503, { 'content-type': 'application/json' });
      response.end('{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}');
      return;
    }
    const url = new URL(request.url ?? '/', target);
    const { host: _, ...headers } = request.headers;
    const onward = forward(url, { method: request.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    loaded: () => {
      state = 'ready';
    },
  };
}

test('a server that is still loading is waited for', async () => {
  const server = await loadingServer(inject('llamaAddress'));
  const waitedFor: string[] = [];
  const { engine } = teamOnLlama({
    address: server.address,
    onLoading: (address) => {
      waitedFor.push(address);
      server.loaded();
    },
  });
  const result = await engine.executeWorkflow('documentation', 'Documentation of a coupon store in Python.');
  expect([result.status, waitedFor]).toEqual(['completed', [server.address]]);
});

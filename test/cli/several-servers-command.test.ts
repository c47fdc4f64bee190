import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { type FakeLlamaServer, startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function fake(options: FakeLlamaServerOptions = {}): Promise<FakeLlamaServer> {
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), ...options });
  onTestFinished(() => server.close());
  return server;
}

describe('multiagent run on several servers', () => {
  it('shows who writes what, goes on at the other one when one dies, and says so in the report', async () => {
    const servers = [await fake(), await fake()];
    // Where the run begins is left to the weights: whichever is asked for the second step dies in it.
    for (const server of servers)
      server.setFault(({ step, prefill }) => step === 2 && prefill === undefined, { kind: 'break', afterChunks: 30 });
    const directory = temporaryFolder();
    const addresses = servers.map(({ origin }) => origin).join(',');
    const { code, output, errors } = await runCommand(
      ['run', 'analysis', '--requirement', 'A shop.', '--base-url', addresses, '--max-parallel', '1'],
      { directory },
    );
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain(
      `Model fake-model on 2 servers (${servers.map(({ address }) => address).join(', ')}), 16384 tokens of context`,
    );
    const [lost, survivor] = servers.toSorted((a, b) => a.requests.length - b.requests.length || 1);
    expect([lost?.requests.length, survivor?.requests.length]).toEqual([2, 3]);
    expect(output).toContain(`[1/4] requirements_gathering: is at ${lost?.address}`);
    expect(output).toMatch(new RegExp(`\\[2/4\\] technical_feasibility: call 1 failed: .*${lost?.address}.* Another server goes on\\.`));
    expect(output).toContain(`[2/4] technical_feasibility: continues at ${survivor?.address}`);
    const [report = ''] = readdirSync(join(directory, 'output')).filter((name) => name.endsWith('.md'));
    expect(readFileSync(join(directory, 'output', report), 'utf8')).toContain(
      `- Written by: ${lost?.address}, then ${survivor?.address}\n`,
    );
    const shown = await runCommand(['show', 'latest'], { directory });
    expect(shown.output).toContain(`technical_feasibility: written by ${lost?.address}, then ${survivor?.address}`);
  });

  it('is recorded with what was lost on the way, and replayed without a server to the same files', async () => {
    const servers = [await fake(), await fake()];
    for (const server of servers)
      server.setFault(({ step, prefill }) => step === 2 && prefill === undefined, { kind: 'break', afterChunks: 30 });
    const directory = temporaryFolder();
    const run = ['run', 'analysis', '--requirement', 'A shop.'];
    const recorded = await runCommand([...run, '--base-url', servers.map(({ origin }) => origin).join(','), '--record', 'r.jsonl'], {
      directory,
    });
    const files = () => {
      const folder = join(directory, 'output', 'generated', 'latest');
      return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    };
    const written = files();
    for (const server of servers) await server.close();
    const replayed = await runCommand([...run, '--replay', 'r.jsonl'], { directory });
    expect([recorded.code, replayed.code, replayed.errors]).toEqual([0, 0, '']);
    expect(replayed.output).toContain('technical_feasibility: continues at');
    expect(written.length).toBeGreaterThan(3);
    expect(files()).toEqual(written);
  });

  it('says which servers it does without, and sends nothing to another machine', async () => {
    const [server, dead] = [await fake(), await fake()];
    await dead.close();
    const directory = temporaryFolder();
    const { code, errors, output } = await runCommand(
      ['run', 'analysis', '--requirement', 'A shop.', '--base-url', `${dead.origin},${server.origin}`],
      { directory },
    );
    expect(code).toBe(0);
    expect(output + errors).toContain(`The model server at ${dead.address} is not used: nothing listens there.`);
    const remote = await runCommand(
      ['run', 'analysis', '--requirement', 'A shop.', '--base-url', `${server.origin},http://10.255.255.1:8080`],
      {
        directory,
      },
    );
    expect(remote.code).toBe(3);
    expect(server.requests, 'of the first run').toHaveLength(4);
    expect(remote.errors).toMatch(/10\.255\.255\.1.* is not on this machine/);
  });
});

describe('several servers', () => {
  it('are shown by config show as they were given', async () => {
    const directory = temporaryFolder();
    writeFileSync(
      join(directory, 'config.yaml'),
      'llm_base_url:\n  - address: http://127.0.0.1:1\n    weight: 2\n  - http://127.0.0.1:2\n',
    );
    const { output } = await runCommand(['config', 'show'], { directory });
    expect(output).toMatch(
      /^llm_base_url +\[\{"address":"http:\/\/127\.0\.0\.1:1","weight":2\},"http:\/\/127\.0\.0\.1:2"\] +config\.yaml:1$/m,
    );
    const variable = await runCommand(['config', 'show'], {
      directory,
      environment: { OPENAI_API_BASE: 'http://127.0.0.1:1=2,http://127.0.0.1:2' },
    });
    expect(variable.output).toMatch(/^llm_base_url +http:\/\/127\.0\.0\.1:1=2,http:\/\/127\.0\.0\.1:2 +variable OPENAI_API_BASE$/m);
  });

  it('are each examined by doctor, which says whether they work together', async () => {
    const servers = [await fake({ contextTokens: 32_768 }), await fake(), await fake({ model: 'other' }), await fake()];
    await servers[3]?.close();
    const { code, output } = await runCommand(['doctor', '--base-url', servers.map(({ origin }) => origin).join(',')], {
      directory: temporaryFolder(),
    });
    expect(code).toBe(0);
    for (const { origin } of servers.slice(0, 3)) expect(output).toMatch(new RegExp(`^ok +prefill +${origin}: `, 'm'));
    expect(output).toMatch(new RegExp(`^WARNING +server +${servers[3]?.origin}: .*nothing listens there`, 'm'));
    expect(output).toMatch(/^ok +together +2 servers are used for fake-model, 2 requests at a time, 16384 tokens for prompt and reply$/m);
    expect(output).toMatch(/^WARNING +together +The contexts of the model servers differ/m);
    expect(output).toMatch(new RegExp(`^WARNING +together .*${servers[2]?.origin}\\S* is not used: it has other and not fake-model`, 'm'));
  });

  it('are a problem for doctor as soon as one may not be used, because no run would begin', async () => {
    const { origin } = await fake();
    const { code, output } = await runCommand(['doctor', '--base-url', `${origin},http://10.255.255.1`], { directory: temporaryFolder() });
    expect(code).toBe(1);
    expect(output).toMatch(/^PROBLEM +server +http:\/\/10\.255\.255\.1: .* is not on this machine/m);
    expect(output).not.toMatch(/ together /);
  });

  it('each have their speed in what doctor says, for people and for programs', async () => {
    const servers = [await fake({ pace: 1, promptPace: 0.05 }), await fake({ pace: 1, promptPace: 0.05 })];
    const doctor = ['doctor', '--base-url', servers.map(({ origin }) => origin).join(',')];
    const { output } = await runCommand(doctor, { directory: temporaryFolder() });
    for (const { origin } of servers) expect(output).toMatch(new RegExp(`^Speed of ${origin}: reads \\S+ and writes \\S+ tokens`, 'm'));
    expect(output).toMatch(new RegExp(`would take about .* at ${servers[0]?.origin}: an estimate`));
    const { output: json } = await runCommand([...doctor, '--json'], { directory: temporaryFolder() });
    expect((JSON.parse(json) as { servers: unknown }).servers).toMatchObject(
      servers.map(({ origin }) => ({ address: origin, written_tokens_per_second: expect.any(Number) })),
    );
  });

  it('that are all dead are no server for doctor', async () => {
    const { code } = await runCommand(['doctor', '--base-url', 'http://127.0.0.1:1,http://127.0.0.1:2'], { directory: temporaryFolder() });
    expect(code).toBe(3);
  });
});

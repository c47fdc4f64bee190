import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const key = 'sesame-4711-open';

async function fake(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), ...options });
  onTestFinished(() => server.close());
  return server;
}

function project(): string {
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'req.md'), 'Build a bookmark manager.\n');
  writeFileSync(join(directory, 'config.yaml'), 'llm_max_retries: 0\ntask_retry_attempts: 0\n');
  return directory;
}

function generated(directory: string): Record<string, string> {
  const folder = join(directory, 'output', 'generated', 'latest');
  const names = readdirSync(folder, { recursive: true }).map(String);
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.sort().map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

const run = (workflow: string, ...more: string[]) => ['run', workflow, '--req', 'req.md', ...more];

describe('multiagent run --record and --replay', () => {
  it('gives the same files byte for byte without the server', async () => {
    const server = await fake();
    const [first, second] = [project(), project()];
    const recorded = await runCommand(run('feature-development', '--base-url', server.address, '--record', 'a.jsonl'), {
      directory: first,
    });
    expect(recorded).toMatchObject({ code: 0, errors: '' });
    await server.close();
    const replayed = await runCommand(run('feature-development', '--replay', join(first, 'a.jsonl')), { directory: second });
    expect(replayed).toMatchObject({ code: 0, errors: '' });
    expect(Object.keys(generated(first)).length).toBeGreaterThan(4);
    expect(generated(second)).toEqual(generated(first));
  });

  it('gives the same files of tasks that ran at once, without being told how many there were', async () => {
    const server = await fake({ slots: 2, contextTokens: 32_768 });
    const [first, second] = [project(), project()];
    const many = ['--base-url', server.address, '--max-parallel', '2', '--record', 'a.jsonl'];
    const recorded = await runCommand(run('feature-development', ...many), { directory: first });
    expect(recorded.output).toContain('Up to 2 tasks at once');
    const replayed = await runCommand(run('feature-development', '--replay', join(first, 'a.jsonl')), { directory: second });
    expect(replayed).toMatchObject({ code: 0, errors: '' });
    expect(replayed.output).toContain('Up to 2 tasks at once');
    expect(generated(second)).toEqual(generated(first));
  });

  it('replays a run in which a reply broke and was continued', async () => {
    const server = await fake({ faults: [{ when: 1, fault: { kind: 'break', afterChunks: 20 } }] });
    const [first, second] = [project(), project()];
    for (const directory of [first, second]) writeFileSync(join(directory, 'config.yaml'), 'llm_max_retries: 1\n');
    const recorded = await runCommand(run('analysis', '--base-url', server.address, '--record', 'a.jsonl'), { directory: first });
    const requests = server.requests.length;
    const replayed = await runCommand(run('analysis', '--replay', join(first, 'a.jsonl')), { directory: second });
    expect([recorded.code, replayed.code]).toEqual([0, 0]);
    expect(requests).toBe(5);
    expect(server.requests).toHaveLength(requests);
    expect(generated(second)).toEqual(generated(first));
  });

  it('never writes the key, also where a reply says it, and nobody else may read the recording', async () => {
    const server = await fake({ reply: () => ({ chunks: ['The key is sesame', '-4711-', 'open, they say.'] }) });
    const directory = project();
    writeFileSync(join(directory, '.env'), `OPENAI_API_KEY=${key}\n`);
    writeFileSync(join(directory, 'req.md'), `Log in with ${key}.\n`);
    const { code } = await runCommand(run('analysis', '--base-url', server.address, '--record', 'a.jsonl'), { directory });
    expect(code).toBe(0);
    expect(server.calls.map(({ headers }) => headers['authorization'])).toContain(`Bearer ${key}`);
    const recording = readFileSync(join(directory, 'a.jsonl'), 'utf8');
    expect(recording).toContain('The key is [redacted], they say.');
    expect(recording).not.toContain(key);
    expect(recording).not.toContain('-4711-');
    expect(statSync(join(directory, 'a.jsonl')).mode & 0o077).toBe(0);
  });

  it('names the task and the first difference when a request is not in the recording', async () => {
    const server = await fake();
    const directory = project();
    await runCommand(run('analysis', '--base-url', server.address, '--record', 'a.jsonl'), { directory });
    writeFileSync(join(directory, 'req.md'), 'Build a bookmark server.\n');
    const { code, output } = await runCommand(run('analysis', '--replay', 'a.jsonl'), { directory });
    expect(code).toBe(1);
    expect(output.replaceAll(/\s+/g, ' ')).toContain(
      'A request of the task "requirements_gathering" is not in the recording; the first difference: line 3 of message 2 (user) is "Build a bookmark server."; in the recording it was "Build a bookmark manager."',
    );
  });

  it('does not write over a file, and says so before anything begins', async () => {
    const server = await fake();
    const directory = project();
    const { code, errors } = await runCommand(run('analysis', '--base-url', server.address, '--record', 'req.md'), { directory });
    expect(code).toBe(2);
    expect(errors).toMatch(/req\.md exists, and a recording does not overwrite it/);
    expect(readFileSync(join(directory, 'req.md'), 'utf8')).toBe('Build a bookmark manager.\n');
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['is not there', undefined, /there is no such file/],
    ['is another file', 'hello\n', /Each line of a recording is JSON, but line 1 of .* is not/],
    ['is empty', '', /does not describe a server/],
    ['is of another kind', '{"type":"server","version":2}\n', /is not a line of a recording/],
  ])('says what is wrong with a recording that %s', async (_, content, message) => {
    const directory = project();
    if (content !== undefined) writeFileSync(join(directory, 'a.jsonl'), content);
    const { code, errors } = await runCommand(run('analysis', '--replay', 'a.jsonl'), { directory });
    expect(code).toBe(2);
    expect(errors).toMatch(message);
  });
});

describe('multiagent demo --record and --replay', () => {
  it('gives the same files byte for byte', async () => {
    const [first, second] = [project(), project()];
    const recorded = await runCommand(['demo', '--record', 'a.jsonl'], { directory: first });
    const replayed = await runCommand(['demo', '--replay', join(first, 'a.jsonl')], { directory: second });
    expect([recorded.code, replayed.code]).toEqual([0, 0]);
    expect(generated(second)).toEqual(generated(first));
  });
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryProject } from '../config/temporary-project.ts';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';

async function fake(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), slots: 2, contextTokens: 40_000, ...options });
  onTestFinished(() => server.close());
  return server;
}

const project = () => temporaryProject({ 'todo.md': 'A todo list.\n', 'book.md': 'A guest book.\n', 'empty.md': ' \n' });
const both = ['run', 'quick-answer', '--req', 'todo.md', '--req', 'book.md', '--max-parallel', '2', '--base-url'];
const answer: FakeLlamaServerOptions = { reply: (request) => replyAsTeam()({ ...request, taskType: 'technical_feasibility' }) };

describe('run with several requirements', () => {
  it('is a run for each, told apart in lines and at the end', async () => {
    const server = await fake(answer);
    const directory = project();
    const { code, output, errors } = await runCommand([...both, server.address], { directory });
    expect([code, errors]).toEqual([0, '2 runs, 2 at once.\n']);
    expect(output).toMatch(/^todo {2}Run \S+: quick answer$/m);
    expect(output).toMatch(/^book {2}\[1\/1\] answer: done in /m);
    expect(output).toMatch(/\ntodo:\nCompleted in .*: 1 of 1 tasks[^]*\nbook:\nCompleted in .*: 1 of 1 tasks/);
    const requirements = server.requests.map(({ body }) => /A (todo list|guest book)\./.exec(JSON.stringify(body))?.[1]);
    expect(new Set(requirements)).toEqual(new Set(['todo list', 'guest book']));
    const runs = await runCommand(['runs', '--json'], { directory });
    expect(runs.output.trimEnd().split('\n')).toHaveLength(2);
  });

  it('prints the events of both for programs, each with its run', async () => {
    const server = await fake(answer);
    const { code, output } = await runCommand([...both, server.address, '--json'], { directory: project() });
    expect(code).toBe(0);
    const events = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; correlation: string });
    const finished = events.filter(({ type }) => type === 'run.finished');
    expect(new Set(finished.map(({ correlation }) => correlation)).size).toBe(2);
  });

  it('ends with the exit code of the one that went worst', async () => {
    const reply: FakeLlamaServerOptions['reply'] = (request) =>
      JSON.stringify(request.body).includes('guest book') ? '' : replyAsTeam()({ ...request, taskType: 'technical_feasibility' });
    const server = await fake({ reply });
    const { code, output } = await runCommand([...both, server.address], { directory: project() });
    expect(code).toBe(1);
    expect(output).toMatch(/\ntodo:\nCompleted[^]*\nbook:\nFAILED/);
  });

  it('stops all at Ctrl-C, and says how to go on with each', async () => {
    const server = await fake({ reply: () => new Promise(() => undefined) });
    let sent = false;
    const { code, output } = await runCommand([...both, server.address], {
      directory: project(),
      onOutput(text, child) {
        if (sent || text.match(/answer: dev_001 begins/g)?.length !== 2) return;
        sent = true;
        child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    const resumed = [...output.matchAll(/Resume {3}multiagent resume (\S+)/g)].map(([, run]) => run);
    expect(new Set(resumed).size).toBe(2);
  });

  it.each([
    ['an empty one among them', ['run', 'analysis', '--req', 'todo.md', '--req', 'empty.md'], /The requirement in empty\.md is empty/],
    ['one in words as well', ['run', 'analysis', 'A map', '--req', 'todo.md', '--req', 'book.md'], /Requirements are given in two ways/],
    ['a recording', ['run', 'analysis', '--req', 'todo.md', '--req', 'book.md', '--record', 'x.jsonl'], /A recording holds one run/],
    ['standard input twice', ['run', 'analysis', '--req', '-', '--req', '-'], /Standard input is named twice/],
    ['an unknown workflow', ['run', 'analysys', '--req', 'todo.md', '--req', 'book.md'], /Did you mean analysis\?/],
  ])('refuses %s before anything runs', async (_, args, message) => {
    const server = await fake();
    const { code, errors } = await runCommand([...args, '--base-url', server.address], { directory: project() });
    expect([code, errors]).toEqual([2, expect.stringMatching(message)]);
    expect(server.requests).toEqual([]);
  });
});

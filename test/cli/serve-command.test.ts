import { describe, expect, it, onTestFinished, test } from 'vitest';
import { answerInner } from '../support/botcoder-on-fake.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The command under way, until Ctrl-C: what it has said so far, and how it ended. */
async function serving(directory: string, args: string[]) {
  const { promise: answering, resolve: found } = Promise.withResolvers<string>();
  const { promise: child, resolve: started } = Promise.withResolvers<{ kill: (signal: NodeJS.Signals) => void }>();
  let output = '';
  const ended = runCommand(['serve', '--botcoder', '--port', '0', ...args], {
    directory,
    onOutput(text, process) {
      output = text;
      started(process);
      const address = /Answering at (http:\S+)\/api\/botcoder/.exec(text)?.[1];
      if (address !== undefined) found(address);
    },
  });
  onTestFinished(async () => {
    (await child).kill('SIGKILL');
    await ended;
  });
  const address = await Promise.race([answering, ended.then(({ errors }) => Promise.reject(new Error(errors)))]);
  return { address, ended, output: () => output, stop: async () => (await child).kill('SIGINT') };
}

describe('multiagent serve --botcoder', () => {
  it('answers runs in another folder that know it by the names of the earlier system, and ends cleanly with Ctrl-C', async () => {
    await using server = await startFakeLlamaServer({ reply: answerInner, contextTokens: 65_536 });
    const { address, ended, output, stop } = await serving(temporaryFolder(), ['--base-url', server.address]);
    expect(output()).toContain('one question at a time');
    const run = await runCommand(['run', 'feature-development', 'A todo list'], {
      directory: temporaryFolder(),
      environment: { ENABLE_BOTSERVER_FACADE: 'true', BOTSERVER_URL: address },
    });
    expect(run).toMatchObject({ code: 0, errors: '' });
    expect(run.output).toContain(`Model builder on ${address}`);
    expect(run.output).toMatch(/Completed in .*: 6 of 6 tasks/);
    expect(run.output).toContain('Nothing left this machine.');
    await stop();
    const { code, output: said, errors } = await ended;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(said).toMatch(
      /#6 builder: asked \(\d+ characters\)\n#6 builder: answered by developer \(\d+ characters\) after .*, run \S+\nStopped\.\n$/,
    );
  });

  it('lets the model of this machine take over where FALLBACK_TO_LOCAL says so, visibly', async () => {
    await using server = await startFakeLlamaServer({ reply: answerInner });
    const run = await runCommand(['run', 'quick-answer', 'Why?'], {
      directory: temporaryFolder(),
      environment: {
        LLM_PROVIDER: 'botserver',
        BOTSERVER_URL: 'http://127.0.0.1:9',
        FALLBACK_TO_LOCAL: 'true',
        OPENAI_API_BASE: server.address,
      },
    });
    expect(run.code).toBe(0);
    expect(run.output).toMatch(
      /⚠ The provider botserver .* cannot be reached \(nothing listens there\)\. default stands in for botserver\./,
    );
    const without = await runCommand(['run', 'quick-answer', 'Why?'], {
      directory: temporaryFolder(),
      environment: { LLM_PROVIDER: 'botserver', BOTSERVER_URL: 'http://127.0.0.1:9' },
    });
    expect(without.code).toBe(3);
    expect(without.errors).toContain('The provider botserver (botserver at http://127.0.0.1:9) cannot be reached (nothing listens there).');
  });

  test.each([
    [['serve'], 2, 'It is not said what to serve.\n', 'multiagent serve --botcoder'],
    [['serve', '--botcoder', '--port', 'nine'], 2, '--port is "nine", which is no port.', '65535'],
    [['serve', '--botcoder', '--port', '70000'], 2, '--port is "70000", which is no port.', '65535'],
    [['serve', '--botcoder', '--base-url', 'http://127.0.0.1:9'], 3, 'No model server was found', 'multiagent model start'],
  ])('%j ends with %i and says why, and what to type', async (args, code, why, instead) => {
    const ended = await runCommand(args, { directory: temporaryFolder() });
    expect(ended.code).toBe(code);
    expect(ended.errors).toContain(why);
    expect(ended.errors).toContain(instead);
  });

  it('refuses an address of another machine', async () => {
    await using server = await startFakeLlamaServer();
    const ended = await runCommand(['serve', '--botcoder', '--host', '0.0.0.0', '--base-url', server.address], {
      directory: temporaryFolder(),
    });
    expect(ended.code).toBe(2);
    expect(ended.errors).toContain('The server answers on this machine alone, and 0.0.0.0 is not an address of it alone.');
  });
});

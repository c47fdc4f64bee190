import { expect, it, onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it.each([
  ['--private', 3, /answer is private: only a model on this machine may be asked\. Start one again/],
  ['--no-project', 1, /FAILED/],
])('a run with %s whose server is lost under way ends with exit code %i, and says what to do', async (option, expected, said) => {
  const server = await startFakeLlamaServer({ reply: replyAsTeam() });
  onTestFinished(() => server.close());
  server.setFault(() => true, { kind: 'break', afterChunks: 2 });
  const { code, output, errors } = await runCommand(['run', 'quick-answer', 'What is a queue?', '--base-url', server.address, option], {
    directory: temporaryFolder(),
    environment: { LLM_MAX_RETRIES: '0', TASK_RETRY_ATTEMPTS: '0' },
  });
  expect({ code, errors }).toEqual({ code: expected, errors: '' });
  expect(output).toMatch(said);
  expect(output).toMatch(/Retry +multiagent retry/);
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { variedWords } from '../support/varied-words.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const answer = `The rate is 19. ${variedWords(7, 300)}\n`;

it.each(['SIGKILL', 'SIGINT'] as const)('a turn that is ended by %s goes on in the middle of its reply', async (signal) => {
  const server = await startFakeLlamaServer({ contextTokens: 32_768, pace: 12, reply: () => answer, prefill: 'continued' });
  onTestFinished(() => server.close());
  const directory = join(temporaryFolder(), 'project');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'rate.py'), 'RATE = 19\n');
  const environment = { HOME: temporaryFolder() };
  let ended = false;
  const first = await runCommand(['code', '-p', 'Which rate?', '--json', '--base-url', server.address], {
    directory,
    environment,
    onOutput(output, child) {
      if (ended || (output.match(/"reply\.delta"/g)?.length ?? 0) < 3) return;
      ended = true;
      child.kill(signal);
    },
  });
  expect(first.code).toBe(signal === 'SIGINT' ? 130 : null);
  const before = first.output.match(/"reply\.delta"/g)?.length ?? 0;
  const second = await runCommand(['code', '--continue', '--json', '--base-url', server.address], { directory, environment });
  expect(second.code).toBe(0);
  const events = second.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; reply?: string; text?: string });
  expect(events.at(-1)).toMatchObject({ type: 'turn.finished', status: 'completed', reply: answer });
  expect(before).toBeGreaterThanOrEqual(3);
  const rest = events.flatMap(({ type, text = '' }) => (type === 'reply.delta' ? [text] : [])).join('');
  expect(rest.length).toBeLessThan(answer.length);
  expect(answer.endsWith(rest)).toBe(true);
});

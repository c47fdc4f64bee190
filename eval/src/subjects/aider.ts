import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import type { Tokens } from '../results/result-schema.ts';
import { scratchFolder, writeFiles } from '../scoring/scratch-folder.ts';
import { keepChanges } from './keep-changes.ts';
import { requireServer } from './require-server.ts';
import { runProgram } from './run-program.ts';
import type { Attempt, Subject } from './subject.ts';

/** @param command The program, or a path to it. */
export function aider(command: string): Subject {
  return {
    name: 'aider',
    async attempt(attempt) {
      await requireAider(command);
      const { task, folder, generated } = attempt;
      await using scratch = await scratchFolder();
      const [workspace, home] = [join(scratch.path, 'workspace'), join(scratch.path, 'home')];
      await mkdir(workspace);
      await mkdir(home);
      await writeFiles(workspace, task.project);
      const { code, ended } = await runAider(command, attempt, { workspace, home });
      // Its own notes begin with a point.
      await keepChanges({ workspace, project: task.project, generated, isOwn: (path) => path.startsWith('.aider') });
      // Its own exit code says little: it is 0 also where nobody answered.
      await requireServer(attempt.baseUrl);
      const tokens = tokensFrom(await readFile(join(folder, 'output.txt'), 'utf8'));
      const status = ended === 'out of time' ? 'out-of-time' : 'answered';
      const reply = { name: 'aider', file: 'replies/history.txt', written: tokens.written, planned: null, ended };
      return { status, exitCode: code, error: null, tokens, sampling: { by: 'aider' }, replies: [reply] };
    },
  };
}

const found = new Map<string, Promise<unknown>>();

/** @throws MultiagentError `eval.no_aider`. */
async function requireAider(command: string): Promise<void> {
  const looked = found.get(command) ?? promisify(execFile)(command, ['--version'], { timeout: 120_000 });
  found.set(command, looked);
  try {
    await looked;
  } catch (error) {
    throw new MultiagentError({
      code: 'eval.no_aider',
      message: `The program aider does not start as "${command}": ${(error as Error).message.split('\n')[0]}`,
      hint: 'Install it ("python3 -m venv aider; aider/bin/pip install aider-chat") and name it: --aider aider/bin/aider.',
      cause: error,
    });
  }
}

async function runAider(command: string, attempt: Attempt, { workspace, home }: { workspace: string; home: string }) {
  const { task, model, baseUrl, folder, seconds, signal } = attempt;
  await mkdir(join(folder, 'replies'));
  const [message, history] = [join(folder, 'requirement.md'), join(folder, 'replies', 'history.txt')];
  await writeFile(message, `${task.requirement}\n`);
  await writeFile(history, '');
  const quiet = ['--yes-always', '--no-git', '--no-stream', '--no-pretty', '--no-fancy-input', '--no-show-model-warnings'];
  const alone = ['--no-check-update', '--no-show-release-notes', '--analytics-disable', '--no-detect-urls', '--no-suggest-shell-commands'];
  const files = ['--input-history-file', join(home, 'input'), '--chat-history-file', join(home, 'chat'), '--llm-history-file', history];
  return runProgram({
    command,
    arguments: [
      ...quiet,
      ...alone,
      ...files,
      '--timeout',
      String(seconds),
      '--model',
      `openai/${model}`,
      '--message-file',
      message,
      ...task.files,
    ],
    folder: workspace,
    environment: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      LANG: 'C.UTF-8',
      OPENAI_API_BASE: baseUrl,
      OPENAI_API_KEY: 'not-needed',
      // Else it asks the web for prices first.
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    },
    output: join(folder, 'output.txt'),
    errors: join(folder, 'errors.txt'),
    seconds,
    signal,
  });
}

/** From its lines such as `Tokens: 2.1k sent, 356 received.`; it rounds, and tells nothing of the cache. */
function tokensFrom(output: string): Tokens {
  const told = [...output.matchAll(/^Tokens: ([\d.]{1,12})(k|M)? sent, (?:[^\n]{0,100}, )?([\d.]{1,12})(k|M)? received/gm)];
  if (told.length === 0) return { read: null, cached: null, written: null, ideal: null };
  const sum = (number: number, unit: number) =>
    Math.round(told.reduce((total, match) => total + Number(match[number]) * (factors[match[unit] ?? ''] ?? 1), 0));
  return { read: sum(1, 2), cached: null, written: sum(3, 4), ideal: null };
}

const factors: Readonly<Record<string, number>> = { k: 1000, M: 1_000_000 };

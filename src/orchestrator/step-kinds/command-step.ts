import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { requireSandbox } from '../../sandbox/choose-sandbox.ts';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { performActivity } from '../activities/perform-activity.ts';
import { checkSentence } from '../checks/check-sentence.ts';
import { redactOutput } from '../checks/redact-output.ts';
import { runCheck } from '../checks/run-check.ts';
import { seenFiles } from '../checks/seen-files.ts';
import type { BuiltInStepKind } from '../step-kind.ts';

const options = z.object({
  /** For the shell, in the folder of the run's files. */
  command: z.string().trim().min(1).max(10_000),
  /** It is ended after so long, unless the step has a `timeout`. */
  timeout_seconds: z.number().positive().max(86_400).default(60),
});

/**
 * Runs a command on the files of the run, in the sandbox and on a copy: what it changes is gone afterwards. It fails where the command does. A definition may
 * come from elsewhere, so that the command runs without a sandbox only where the settings say `sandbox: off`.
 */
export const commandStep: BuiltInStepKind<typeof options> = {
  name: 'command',
  options,
  timeout: 'own',
  filledAs: { command: 'shell' },
  describe: ({ command }) => command.split('\n', 1)[0] ?? command,
  needs: () => ({ model: false, sandbox: true }),
  async execute({ options: { command, timeout_seconds: seconds }, task, state, run, record, signal }) {
    const { sandbox, folder, workspace, environment, secrets } = run.commands;
    try {
      await requireSandbox(sandbox);
    } catch (error) {
      if (!(error instanceof MultiagentError)) throw error;
      return { status: 'failed', error: describeError(error), again: 'never' };
    }
    const timeoutMilliseconds = (task.timeoutSeconds ?? seconds) * 1000;
    // Nothing may have been written yet.
    await mkdir(folder, { recursive: true });
    const ran = await performActivity({
      task,
      record,
      kind: 'command',
      started: { command, timeoutMilliseconds },
      work: async () => {
        const below = await run.project.below(state);
        const files = await seenFiles(state, folder);
        const written = new Set(state.artifacts.filter(({ undone }) => undone === undefined).map(({ path }) => path));
        const place = { sandbox, folder, workspace, written, below };
        const result = await runCheck({ ...place, command, environment, network: 'none', timeoutMilliseconds, signal });
        signal.throwIfAborted();
        return { ...result, command, output: redactOutput(result.output, { secrets }), files };
      },
    });
    const outputs = { exit_code: ran.exitCode ?? null, outcome: ran.outcome, output: ran.output };
    if (ran.outcome === 'passed') return { status: 'completed', outputs };
    return { status: 'failed', error: { code: 'command.failed', message: checkSentence(ran) }, again: 'if_asked' };
  },
};

import process from 'node:process';
import { nearestName } from '../../utils/nearest-name.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { ownCommand } from '../own-command.ts';
import { usageError } from '../usage-error.ts';
import { createAsk } from './ask.ts';
import { runWizard, type WizardFlags } from './run-wizard.ts';
import { WizardStopped } from './walk-steps.ts';
import { stopOnSignal } from '../stop-signals.ts';

export interface WizardContext {
  /** The words where a command is expected; they are not a command. */
  words: string[];
  commands: string[];
}

/** `multiagent` without a command. */
export async function wizard(flags: WizardFlags, { words, commands }: WizardContext): Promise<ExitCode> {
  const [word] = words;
  if (word !== undefined) {
    const nearest = nearestName(word, commands);
    throw usageError(
      `"${word}" is an unknown command.`,
      `${nearest === undefined ? '' : `Did you mean ${nearest}? `}multiagent --help lists the commands.`,
    );
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY || flags.json) {
    throw usageError(
      flags.json
        ? 'Without a command, multiagent asks questions, which is not possible with --json.'
        : 'Without a command, multiagent asks questions, but there is no terminal to ask them in.',
      'Give the answers as options: multiagent run feature-development --req requirement.md [--file <path>] [--base-url <url>]',
    );
  }
  const write = (text: string) => void process.stdout.write(text);
  try {
    const decision = await decide(flags, write);
    if (decision.kind === 'leave') return exitCode.noServer;
    if (decision.kind === 'demo') return await (await import('../commands/demo.ts')).demo({ ...flags, workflow: undefined });
    if (decision.kind === 'not_now') {
      write(`Nothing was started. This starts it without questions:\n  ${ownCommand()} ${decision.commandLine}\n`);
      return exitCode.completed;
    }
    write('\n');
    const code = await (await import('../commands/run.ts')).run(decision.workflow, decision.options, decision.ahead);
    write(`\nThe same again, without questions:\n  ${ownCommand()} ${decision.commandLine}\n`);
    return code;
  } catch (error) {
    if (!(error instanceof WizardStopped)) throw error;
    write('Stopped; nothing was started.\n');
    return exitCode.interrupted;
  }
}

async function decide(flags: WizardFlags, write: (text: string) => void) {
  using stop = stopOnSignal(new WizardStopped());
  try {
    const columns = () => process.stdout.columns || 80;
    const directory = process.cwd();
    const ask = await createAsk({ write, columns, directory, signal: stop.signal });
    return await runWizard({ ask, flags, directory, columns, signal: stop.signal });
  } catch (error) {
    throw stop.signal.aborted ? new WizardStopped(error) : error;
  }
}

import process from 'node:process';
import { printableLine } from '../../utils/printable.ts';
import { usageError } from '../usage-error.ts';

/**
 * Asks in the terminal; `stopped` on Ctrl-C.
 * @param instead The option that answers in advance.
 * @throws MultiagentError `usage` if there is no terminal to ask in.
 */
export async function confirm(question: string, instead: string): Promise<'yes' | 'no' | 'stopped'> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw usageError('This must be confirmed, but there is no terminal to ask in.', `Confirm it in advance with ${instead}.`);
  }
  const prompts = await import('@inquirer/prompts');
  try {
    return (await prompts.confirm({ message: printableLine(question), default: false })) ? 'yes' : 'no';
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return 'stopped';
    throw error;
  }
}

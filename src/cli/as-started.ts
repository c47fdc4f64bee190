import { ownCommand } from './own-command.ts';

/** The words that can follow the name of this program. */
export const commandNames = [
  'agents',
  'answer',
  'apply',
  'approve',
  'cancel',
  'code',
  'complete',
  'completion',
  'config',
  'demo',
  'diff',
  'doctor',
  'edit',
  'engine',
  'export',
  'files',
  'help',
  'import',
  'init',
  'model',
  'pause',
  'refine',
  'reject',
  'report',
  'rerun',
  'resume',
  'retry',
  'rm',
  'run',
  'runs',
  'say',
  'serve',
  'show',
  'signal',
  'status',
  'tools',
  'undo',
  'upgrade-check',
  'wizard',
  'workflows',
] as const;

/** Matches the program's name, but not inside a path, an address or another name. */
const command = new RegExp(String.raw`(?<![\w./@:\\-])multiagent(?= (?:(?:${commandNames.join('|')})(?![\w-])|--?[a-z]|\[|  ))`, 'g');

/**
 * Rewrites each command of this program in a text to the form that the person has to type. Other rooms do not know how the program was started, and write
 * `multiagent <command>` in their hints.
 * @param folder Where the person is going to type it; default: the current folder.
 */
export function asStarted(text: string, folder?: string): string {
  return text.replace(command, () => ownCommand(folder));
}

import { ownCommand } from './own-command.ts';

/** What can stand behind the name of this program. */
export const commandNames = [
  'agents',
  'apply',
  'cancel',
  'config',
  'demo',
  'diff',
  'doctor',
  'engine',
  'export',
  'files',
  'help',
  'import',
  'init',
  'model',
  'refine',
  'rerun',
  'resume',
  'retry',
  'rm',
  'run',
  'runs',
  'show',
  'signal',
  'status',
  'undo',
  'wizard',
  'workflows',
] as const;

/** Not inside a path, an address or another name. */
const command = new RegExp(String.raw`(?<![\w./@:\\-])multiagent(?= (?:(?:${commandNames.join('|')})(?![\w-])|--?[a-z]|\[|  ))`, 'g');

/**
 * A text for a person, with each command of this program as it has to be typed. The rooms below do not know how it was started, and write
 * `multiagent <command>` in their hints.
 * @param folder Where the person is going to type it, if not where they are.
 */
export function asStarted(text: string, folder?: string): string {
  return text.replace(command, () => ownCommand(folder));
}

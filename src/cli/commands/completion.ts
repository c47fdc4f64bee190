import { extname, join } from 'node:path';
import process from 'node:process';
import { type CompletionShell, completionScripts } from '../completion/scripts/completion-scripts.ts';
import { ownCommand, shellWord } from '../own-command.ts';
import { writeText } from '../write-folded.ts';

/** `multiagent completion`: the script names this program by its place where the shell would not find it by its name. */
export function completion(shell: CompletionShell): void {
  const { execPath } = process;
  const script = join(import.meta.dirname, '..', `multiagent${extname(import.meta.filename)}`);
  const start = ownCommand() === 'multiagent' ? 'command multiagent' : `command ${shellWord(execPath)} ${shellWord(script)}`;
  writeText(completionScripts[shell](start));
}

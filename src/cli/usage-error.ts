import { MultiagentError } from '../utils/multiagent-error.ts';
import type { Command } from 'commander';
import { nearestName } from '../utils/nearest-name.ts';

/** The command was called wrongly; nothing was started. */
export function usageError(message: string, hint: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code: 'usage', message, hint });
}

/** For the command that a group runs by default: a word in its place is not an argument, but an unknown command of the group. */
export function refuseWords(command: Command): Command {
  return command.allowExcessArguments().hook('preAction', ({ args: [word], parent }) => {
    if (word === undefined || parent === null) return;
    const names = parent.commands.map((known) => known.name());
    const nearest = nearestName(word, names);
    throw usageError(
      `"${word}" is an unknown command of "multiagent ${parent.name()}".`,
      `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Its commands: ${names.join(', ')}.`,
    );
  });
}

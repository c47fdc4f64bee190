import type { Command } from 'commander';
import { nearestName } from '../../utils/nearest-name.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import { topicNames, topics } from '../help/topics.ts';
import { usageError } from '../usage-error.ts';
import { align } from '../views/text-width.ts';
import { writeFolded } from '../write-folded.ts';

/** The word that lists the topics. */
const list = 'topics';

/**
 * `multiagent help`: of the program, of a command, or a page of the documentation. A command wins over a page of its name; with `.md` the page is meant.
 * @throws MultiagentError `usage` for a name that neither has.
 */
export async function help(program: Command, topic?: string, inner?: string): Promise<void> {
  if (topic === undefined) return program.outputHelp();
  const command = named(program, topic);
  if (command !== undefined) return ofCommand(command, inner);
  if (topic === list) return writeFolded(listed(program));
  const name = topic.replace(/\.md$/, '');
  const page = inner === undefined ? topics().find((each) => each.name === name) : undefined;
  if (page === undefined) throw unknown(program, inner === undefined ? topic : `${topic} ${inner}`);
  const { pageText } = await import('../help/page-text.ts');
  writeFolded(pageText(page.text));
}

function named(command: Command, name: string): Command | undefined {
  return command
    .createHelp()
    .visibleCommands(command)
    .find((each) => each.name() === name);
}

function ofCommand(command: Command, inner: string | undefined): void {
  const innermost = inner === undefined ? command : named(command, inner);
  if (innermost === undefined) throw unknown(command, inner ?? '');
  innermost.outputHelp();
  if (inner === undefined && topicNames().includes(command.name())) writeFolded(`\nThe page on it: multiagent help ${command.name()}.md\n`);
}

function listed(program: Command): string {
  const rows = topics().map(({ name, title }) => [named(program, name) === undefined ? name : `${name}.md`, title]);
  return `${align([...rows]).join('\n')}\n\n"multiagent help <topic>" shows a page, "multiagent help <command>" the options of a command.\n`;
}

function unknown(command: Command, given: string): Error {
  const commands = command
    .createHelp()
    .visibleCommands(command)
    .map((each) => each.name());
  const isProgram = command.parent === null;
  const nearest = nearestName(given, isProgram ? [...commands, ...topicNames(), list] : commands);
  const shown = printableLine(shorten(given, 80));
  return isProgram
    ? usageError(
        `There is neither a command nor a topic called "${shown}".`,
        `${nearest === undefined ? '' : `Did you mean ${nearest}? `}"multiagent help ${list}" lists the topics, "multiagent --help" the commands.`,
      )
    : usageError(
        `"${shown}" is an unknown command of "multiagent ${command.name()}".`,
        `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Its commands: ${commands.join(', ')}.`,
      );
}

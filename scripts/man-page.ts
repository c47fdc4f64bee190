import { Help, type Argument, type Command, type Option } from 'commander';

/**
 * The manual page of a program: what `--help` of it and of each of its commands shows, as roff.
 * @param below What stands below the help of the program: parts with a title each.
 */
export function manPage(program: Command, below: string): string {
  const commands = shownCommands(program);
  const lines = [
    '.\\" Written by npm run docs:man.',
    `.TH ${program.name().toUpperCase()} 1`,
    '.SH NAME',
    `${program.name()} \\- ${roff(lowered(program.description()))}`,
    '.SH SYNOPSIS',
    `.B ${program.name()}`,
    '[\\fIcommand\\fR] [\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    roff(program.description()),
    'Without a command it asks for everything it needs.',
    '.SH OPTIONS',
    ...shownOptions(program).flatMap(optionLines),
    '.SH COMMANDS',
    ...commands.flatMap((command) => commandLines(command, program.name())),
    ...sectionLines(below),
    '.SH SEE ALSO',
    `.B ${program.name()} help topics`,
    'lists the pages of the documentation, and',
    `.B ${program.name()} help \\fItopic\\fR`,
    'shows one.',
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines(command: Command, above: string): string[] {
  const name = `${above} ${command.name()}`;
  const inner = shownCommands(command).filter((each) => each.name() !== 'help');
  const lines = [`.SS ${roff(`${name} ${usageOf(command)}`.trim())}`, roff(sentence(command.description()))];
  // --help stands in the options of the program.
  const options = shownOptions(command).filter(({ long }) => long !== '--help');
  const details = [...command.registeredArguments.flatMap(argumentLines), ...options.flatMap(optionLines)];
  return [...lines, ...details, ...inner.flatMap((each) => commandLines(each, name))];
}

/** Without the name, which stands before it, and for groups without the word for a command. */
function usageOf(command: Command): string {
  return shownCommands(command).length === 0 ? command.usage() : '';
}

function argumentLines(argument: Argument): string[] {
  return argument.description === '' ? [] : item(`\\fI${roff(argument.name())}\\fR`, new Help().argumentDescription(argument));
}

function optionLines(option: Option): string[] {
  return item(`\\fB${roff(option.flags)}\\fR`, new Help().optionDescription(option));
}

function item(term: string, text: string): string[] {
  return ['.TP', term, roff(text)];
}

/** `Examples:` with indented lines, or a sentence after `Exit codes:`. */
function sectionLines(text: string): string[] {
  return text
    .trim()
    .split('\n\n')
    .flatMap((part) => {
      const [, title = '', rest = ''] = /^([A-Z][a-z ]+):\s*([^]*)$/.exec(part) ?? [];
      const isCode = part.includes('\n');
      return [
        `.SH ${title.toUpperCase()}`,
        ...(isCode ? ['.nf', ...rest.split('\n').map((line) => roff(line.trim())), '.fi'] : [roff(rest)]),
      ];
    });
}

function shownCommands(command: Command): Command[] {
  return command.createHelp().visibleCommands(command);
}

function shownOptions(command: Command): Option[] {
  return command.createHelp().visibleOptions(command);
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function lowered(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`.replace(/\.$/, '');
}

/** A line of text: nothing in it is a request or an escape. */
function roff(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll("'", '\\(aq')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replaceAll('`', '\\(ga')
    .replaceAll('…', '...');
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped;
}

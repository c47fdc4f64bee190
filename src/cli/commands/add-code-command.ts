import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { runHelp, withTeamOptions } from '../runs/run-arguments.ts';
import { sandboxOption, verifyCommandOption, verifyOption } from '../settings-options.ts';

/** The agent that works with a person, turn by turn. */
export function addCodeCommand(program: Command, end: (code: ExitCode) => void): void {
  withTeamOptions(program.command('code').description('work with an agent on this project, one message at a time'))
    .usage('[options] [message...]')
    .argument('[message...]', 'what to do, or what you want to know')
    .option('-p, --prompt <message>', 'take this one turn, print the reply and end; - reads it from standard input')
    .option('--continue', 'go on with the newest session')
    .option('--session <id>', 'go on with this session: its id, or a unique part of one of its runs')
    .option('--fork <id:turn>', 'begin a session on top of another one; with :3 as it was after its third turn')
    .option('--run <run>', `begin a session on top of a run: ${runHelp}`)
    .option('--undo', 'take the newest turn back: what was said, its files, and what it changed in the project')
    .option('--list', 'list the sessions, the newest first')
    .option('--yes-to <list>', 'what need not be asked for: read, write, execute, with commas between them')
    .option('--role <role>', 'who answers (default: developer)')
    .option('--file <path...>', 'project files or folders that are shown from the beginning')
    .option('--files <globs...>', 'the same by patterns, in quotes: "src/**/*.ts"; "!tests" leaves out')
    .option('--no-project', 'read nothing of the project but what is named')
    .option('--output <dir>', 'where results are written (default: output in the workspace)')
    .addOption(sandboxOption())
    .addOption(verifyOption())
    .addOption(verifyCommandOption())
    .action(async (words: string[], options: object) => end(await (await import('./code.ts')).code(words, options)));
}

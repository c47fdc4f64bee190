import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { newestRunHelp, runHelp, trustHelp, withJournalOptions, withTeamOptions } from '../runs/run-arguments.ts';
import { sandboxOption, verifyCommandOption, verifyOption } from '../settings-options.ts';
import { words } from '../runs/run-arguments.ts';

/** The commands that continue runs, build on them, show them and move them. Each is loaded when it runs. */
export function addRunCommands(program: Command, end: (code: ExitCode) => void): void {
  addCodeCommand(program, end);
  withTeamOptions(program.command('resume').description('continue an interrupted run; finished tasks are not repeated'))
    .argument('[run]', `${runHelp} (default: the last interrupted run, else the last one that waits)`)
    .action(async (run: string | undefined, options: object) => end(await (await import('./resume.ts')).resume(run, options)));
  withTeamOptions(program.command('retry').description('repeat the failed tasks of a run, or one task, and what depends on them'))
    .usage('[options] [run] [task]')
    .argument('[run]', newestRunHelp)
    .argument('[task]', 'the task to repeat (default: the failed ones)')
    .action(async (run: string | undefined, task: string | undefined, options: object) =>
      end(await (await import('./retry.ts')).retry(words(run, task), options)),
    );
  withTeamOptions(program.command('rerun').description('start a new run that takes over what does not depend on a task'))
    .argument('[run]', newestRunHelp)
    .requiredOption('--from <task>', 'the first task to repeat')
    .action(async (run: string | undefined, options: { from: string }) => end(await (await import('./rerun.ts')).rerun(run, options)));
  withTeamOptions(program.command('refine').description('let the team change what a run has made, as a new run'))
    .usage('[options] [run] "<what to change>"')
    .argument('[run]', newestRunHelp)
    .argument('[change]', 'what to change, in words')
    .option('--role <role>', 'who makes the change (default: developer)')
    .option('--tests', 'let the QA engineer update the tests')
    .option('--docs', 'let the technical writer update the documentation')
    .action(async (run: string | undefined, change: string | undefined, options: object) =>
      end(await (await import('./refine.ts')).refine(words(run, change), options)),
    );
  withJournalOptions(
    program.command('cancel').description('end a run, even one in another terminal; it continues only if you resume it by name'),
  )
    .argument('[run]', `${runHelp} (default: the one that is running)`)
    .action(async (run: string | undefined, options: object) => (await import('./cancel.ts')).cancel(run, options));

  withJournalOptions(program.command('signal').description('send a run the signal that one of its steps waits for'))
    .usage('[options] [run] <name>')
    .argument('[run]', newestRunHelp)
    .argument('[name]', 'the name of the signal')
    .action(async (run: string | undefined, name: string | undefined, options: object) =>
      (await import('./signal.ts')).signal(words(run, name), options),
    );

  withJournalOptions(program.command('say').description('tell the team of a run something: each step that begins later reads it'))
    .usage('[options] [run] <text>')
    .argument('[run]', `${runHelp} (default: the one that is running, or the newest)`)
    .argument('[text]', 'what to tell them; - reads it from standard input')
    .option('--trust', trustHelp)
    .action(async (run: string | undefined, text: string | undefined, options: object) =>
      end(await (await import('./say.ts')).say(words(run, text), options)),
    );
  withJournalOptions(program.command('pause').description('have a run stop between steps; those under way are done to their end'))
    .argument('[run]', `${runHelp} (default: the only one that is running)`)
    .option('--trust', trustHelp)
    .action(async (run: string | undefined, options: object) => end(await (await import('./pause.ts')).pause(run, options)));
  withJournalOptions(program.command('edit').description('change the text or a file that a step gave, before later steps read it'))
    .usage('[options] [run] <step> [file]')
    .argument('[run]', newestRunHelp)
    .argument('[step]', 'the step, by its id or its number')
    .argument('[file]', 'which of its files, where it gave several')
    .option('--with <file>', 'your own version, from this file; - reads it from standard input (default: your editor opens)')
    .option('--trust', trustHelp)
    .action(async (run: string | undefined, step: string | undefined, file: string | undefined, options: object) =>
      end(await (await import('./edit.ts')).edit(words(run, step, file), options)),
    );

  withJournalOptions(program.command('runs').description('list the runs of this workspace, newest first'))
    .addOption(
      new Option('--status <status>', 'only runs with this status').choices([
        'completed',
        'failed',
        'cancelled',
        'interrupted',
        'waiting',
        'running',
      ]),
    )
    .option('--all', 'all runs, not only the newest 20')
    .option('--json', 'print one run per line as JSON')
    .action(async (options: object) => (await import('./runs.ts')).runs(options));
  const others = (...names: string[]) => names;
  withJournalOptions(program.command('show').description('show a run, or what one of its tasks read and replied'))
    .argument('[run]', newestRunHelp)
    .addOption(new Option('--events', 'every event, one per line as JSON').conflicts(others('messages', 'reply', 'reasoning', 'prompt')))
    .addOption(new Option('--messages', 'what the agents told each other').conflicts(others('reply', 'reasoning', 'prompt')))
    .addOption(new Option('--reply <task>', "a task's reply, byte for byte").conflicts(others('reasoning', 'prompt')))
    .addOption(new Option('--reasoning <task>', "the model's reasoning before that reply").conflicts('prompt'))
    .option('--prompt <task>', "the messages of a task's request")
    .option('--json', 'print JSON')
    .action(async (run: string | undefined, options: object) => (await import('./show.ts')).show(run, options));
  withJournalOptions(program.command('report').description('write one HTML page about a run, and print its path'))
    .argument('[run]', newestRunHelp)
    .option('--compare <run>', 'write a page about this run and the other one, side by side')
    .action(async (run: string | undefined, options: object) => (await import('./report.ts')).report(run, options));
  withJournalOptions(program.command('status').description('show the run that is running, or the newest'))
    .argument('[run]', `${runHelp} (default: the one that is running, or the newest)`)
    .option('--follow', 'show what happens until the run ends; Ctrl-C does not stop the run')
    .option('--json', 'print JSON; with --follow one event per line')
    .action(async (run: string | undefined, options: object) => end(await (await import('./status.ts')).status(run, options)));

  withJournalOptions(program.command('rm').description('remove runs: their history and the files that nobody has changed'))
    .argument('[run]', runHelp)
    .option('--older-than <age>', 'every run on which nothing has happened for this long, such as 30d, 12h or 4w')
    .option('--yes', 'do not ask')
    .action(async (run: string | undefined, options: object) => end(await (await import('./remove.ts')).remove(run, options)));
  withJournalOptions(program.command('export').description('write a run with everything that belongs to it as one JSON document'))
    .argument('[run]', newestRunHelp)
    .option('--output <file>', 'the file to write (default: standard output)')
    .option('--overwrite', 'replace the file if it exists')
    .action(async (run: string | undefined, options: object) => (await import('./export.ts')).exportCommand(run, options));
  withJournalOptions(program.command('import').description('import an exported run with its files'))
    .argument('<file>', 'what "multiagent export" wrote')
    .option('--output <dir>', 'where its files are written (default: output in the workspace)')
    .action(async (file: string, options: object) => (await import('./import.ts')).importCommand(file, options));
}

/** The agent that works with a person, turn by turn. */
function addCodeCommand(program: Command, end: (code: ExitCode) => void): void {
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
    .option('--yes-to <list>', 'what need not be asked for: read, write, execute, network, with commas between them')
    .option(
      '--tools <list>',
      'tools of your MCP servers and agents that it may call, with commas between them; "multiagent tools" lists them',
    )
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

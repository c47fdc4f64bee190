import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { newestRunHelp, runHelp, trustHelp, withJournalOptions } from '../runs/run-arguments.ts';
import { words } from '../runs/run-arguments.ts';

/** The commands that go on with runs, build on them, look at them and move them. Each is loaded when it runs. */
export function addRunCommands(program: Command, end: (code: ExitCode) => void): void {
  withTeamOptions(program.command('resume').description('go on with an interrupted run; what is finished is not done again'))
    .argument('[run]', `${runHelp} (default: the last interrupted one, else the last one that waits)`)
    .action(async (run: string | undefined, options: object) => end(await (await import('./resume.ts')).resume(run, options)));
  withTeamOptions(program.command('retry').description('do the failed tasks of a run again, or one task, with what depends on them'))
    .usage('[options] [run] [task]')
    .argument('[run]', newestRunHelp)
    .argument('[task]', 'the task to do again (default: those that failed)')
    .action(async (run: string | undefined, task: string | undefined, options: object) =>
      end(await (await import('./retry.ts')).retry(words(run, task), options)),
    );
  withTeamOptions(program.command('rerun').description('begin a new run that takes over what does not rest on a task'))
    .argument('[run]', newestRunHelp)
    .requiredOption('--from <task>', 'the first task to do anew')
    .action(async (run: string | undefined, options: { from: string }) => end(await (await import('./rerun.ts')).rerun(run, options)));
  withTeamOptions(program.command('refine').description('have the team change what a run has made, as a new run'))
    .usage('[options] [run] "<what to change>"')
    .argument('[run]', newestRunHelp)
    .argument('[change]', 'what to change, in words')
    .option('--role <role>', 'who makes the change (default: developer)')
    .option('--tests', 'have the QA engineer bring the tests in line')
    .option('--docs', 'have the technical writer bring the documentation in line')
    .action(async (run: string | undefined, change: string | undefined, options: object) =>
      end(await (await import('./refine.ts')).refine(words(run, change), options)),
    );
  withJournalOptions(
    program.command('cancel').description('end a run, also one of another terminal; it goes on only if you name it to resume'),
  )
    .argument('[run]', `${runHelp} (default: the one that is under way)`)
    .action(async (run: string | undefined, options: object) => (await import('./cancel.ts')).cancel(run, options));

  withJournalOptions(program.command('signal').description('send a run the signal that a step of it waits for'))
    .usage('[options] [run] <name>')
    .argument('[run]', newestRunHelp)
    .argument('[name]', 'what the step waits for')
    .action(async (run: string | undefined, name: string | undefined, options: object) =>
      (await import('./signal.ts')).signal(words(run, name), options),
    );

  withJournalOptions(program.command('runs').description('list the runs of this workspace, newest first'))
    .addOption(
      new Option('--status <status>', 'only those').choices(['completed', 'failed', 'cancelled', 'interrupted', 'waiting', 'running']),
    )
    .option('--all', 'more than the newest 20')
    .option('--json', 'print one run a line as JSON')
    .action(async (options: object) => (await import('./runs.ts')).runs(options));
  const others = (...names: string[]) => names;
  withJournalOptions(program.command('show').description('show a run, or what one of its tasks read and replied'))
    .argument('[run]', newestRunHelp)
    .addOption(new Option('--events', 'every event, one a line as JSON').conflicts(others('messages', 'reply', 'reasoning', 'prompt')))
    .addOption(new Option('--messages', 'what the agents told each other').conflicts(others('reply', 'reasoning', 'prompt')))
    .addOption(new Option('--reply <task>', "a task's reply, byte for byte").conflicts(others('reasoning', 'prompt')))
    .addOption(new Option('--reasoning <task>', 'what the model thought before that reply').conflicts('prompt'))
    .option('--prompt <task>', "the messages of a task's request")
    .option('--json', 'print JSON')
    .action(async (run: string | undefined, options: object) => (await import('./show.ts')).show(run, options));
  withJournalOptions(program.command('status').description('show the run that is under way, or the newest'))
    .argument('[run]', `${runHelp} (default: the one that is under way, or the newest)`)
    .option('--follow', 'show what happens until it ends; Ctrl-C ends the showing only')
    .option('--json', 'print JSON; with --follow one event a line')
    .action(async (run: string | undefined, options: object) => end(await (await import('./status.ts')).status(run, options)));

  withJournalOptions(program.command('rm').description('remove runs: their history and the files that nobody has changed'))
    .argument('[run]', runHelp)
    .option('--older-than <age>', 'every run on which nothing has happened for so long, such as 30d, 12h or 4w')
    .option('--yes', 'do not ask')
    .action(async (run: string | undefined, options: object) => end(await (await import('./remove.ts')).remove(run, options)));
  withJournalOptions(program.command('export').description('write a run with everything that belongs to it as one JSON'))
    .argument('[run]', newestRunHelp)
    .option('--output <file>', 'where to (default: standard output)')
    .option('--overwrite', 'replace the file where it exists')
    .action(async (run: string | undefined, options: object) => (await import('./export.ts')).exportCommand(run, options));
  withJournalOptions(program.command('import').description('take in a run that was exported, with its files'))
    .argument('<file>', 'what "multiagent export" wrote')
    .option('--output <dir>', 'where its files are written (default: output in the workspace)')
    .action(async (file: string, options: object) => (await import('./import.ts')).importCommand(file, options));
}

/** What a run that goes on may do otherwise than at its start, and how it is shown. */
function withTeamOptions(command: Command): Command {
  return withJournalOptions(command)
    .option('--base-url <url>', 'address of the model server (default: as at the start)')
    .option('--model <name>', 'model to use (default: as at the start)')
    .addOption(new Option('--engine <engine>', 'what runs the model (default: as at the start)').choices(['auto', 'server', 'embedded']))
    .option('--model-file <gguf>', 'model for the embedded engine (default: as at the start)')
    .option('--allow-remote', 'allow a model server that is not on this machine')
    .option('--trust', trustHelp)
    .option('--stay', 'stay while the run waits for a time or a signal, instead of letting it go')
    .addOption(new Option('--json', 'print one event a line as JSON, and nothing else').conflicts('quiet'))
    .option('--quiet', 'print the outcome only')
    .option('--verbose', 'print details, and the log');
}

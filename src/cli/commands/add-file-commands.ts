import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { newestRunHelp, trustHelp, withJournalOptions } from '../runs/run-arguments.ts';
import { words } from '../runs/run-arguments.ts';

/** The commands that show the files of a run, apply them to the project, and undo them. Each is loaded when it runs. */
export function addFileCommands(program: Command, end: (code: ExitCode) => void): void {
  withJournalOptions(program.command('files').description('list the files of a run: who wrote them, and what happened to them'))
    .argument('[run]', newestRunHelp)
    .addOption(new Option('--diff [task]', 'show what each task, or the named one, changed').conflicts('verify'))
    .option('--verify', 'compare them with the disk; exit code 1 if they differ')
    .action(async (run: string | undefined, options: object) => end(await (await import('./files.ts')).files(run, options)));
  withJournalOptions(program.command('diff').description('show what the tasks of a run, or one of them, changed, as a patch'))
    .usage('[options] [run] [task]')
    .argument('[run]', newestRunHelp)
    .argument('[task]', 'only this task')
    .action(async (run: string | undefined, task: string | undefined, options: object) =>
      end(await (await import('./files.ts')).diff(words(run, task), options)),
    );
  withJournalOptions(program.command('apply').description('apply the files of a run to the project, after showing what would change'))
    .usage('[options] [run] [path...]')
    .argument('[run]', newestRunHelp)
    .argument('[path...]', 'only these files of the run, or the files in these folders')
    .option('--file <path...>', 'the same, as an option')
    .addOption(new Option('--check', 'only show what would change; exit code 1 if something would').conflicts(['yes', 'commit']))
    .option('--overwrite', "use the run's version of a file even if somebody has changed it since the run read it")
    .option('--commit', 'commit what was written, and nothing else, with Git')
    .option('--yes', 'do not ask')
    .option('--trust', trustHelp)
    .action(async (run: string | undefined, paths: string[], options: object) =>
      end(await (await import('./apply.ts')).apply(words(run, ...paths), options)),
    );
  withJournalOptions(program.command('undo').description('undo the files of a run, or of one of its tasks'))
    .usage('[options] [run] [task]')
    .argument('[run]', newestRunHelp)
    .argument('[task]', 'only the files of this task')
    .option('--applied', 'undo what "multiagent apply" last changed in the project')
    .option('--trust', trustHelp)
    .action(async (run: string | undefined, task: string | undefined, options: object) =>
      end(await (await import('./undo.ts')).undo(words(run, task), options)),
    );
}

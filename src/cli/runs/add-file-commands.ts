import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { runHelp, trustHelp, withJournalOptions } from './journal-options.ts';

/** The commands that look at the files of a run, take them back, and bring them into the project. Each is loaded when it runs. */
export function addFileCommands(program: Command, end: (code: ExitCode) => void): void {
  withJournalOptions(program.command('files').description('list the files of a run: who wrote them, and what became of them'))
    .argument('<run>', runHelp)
    .addOption(new Option('--diff [task]', 'show what each task changed, or the one that is named').conflicts('verify'))
    .option('--verify', 'compare them with the disk; exit code 1 where they differ')
    .action(async (run: string, options: object) => end(await (await import('../commands/files.ts')).files(run, options)));
  withJournalOptions(program.command('apply').description('bring the files of a run into the project, after showing what would change'))
    .argument('<run>', runHelp)
    .option('--file <path...>', 'only these files')
    .addOption(new Option('--check', 'only show what would change; exit code 1 where something would').conflicts('yes'))
    .option('--yes', 'do not ask')
    .option('--trust', trustHelp)
    .action(async (run: string, options: object) => end(await (await import('../commands/apply.ts')).apply(run, options)));
  withJournalOptions(program.command('undo').description('take back the files of a run, or of one of its tasks'))
    .argument('<run>', runHelp)
    .argument('[task]', 'only the files of this task')
    .option('--applied', 'take back what "multiagent apply" last brought into the project')
    .option('--trust', trustHelp)
    .action(async (run: string, task: string | undefined, options: object) =>
      end(await (await import('../commands/undo.ts')).undo(run, task, options)),
    );
}

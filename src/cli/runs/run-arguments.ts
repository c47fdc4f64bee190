import { allowInstallOption, allowRemoteOption, budgetOption } from '../settings-options.ts';
import { type Command, Option } from 'commander';

/** How people name a run. */
export const runHelp = 'a run id, its unique beginning or end, or latest';

/** The same, if the run is optional. */
export const newestRunHelp = `${runHelp} (default: the newest)`;

/** For commands that continue or use a run. */
export const trustHelp = 'allow a run that was not started here by you';

/** The options of every command that reads runs. */
export function withJournalOptions(command: Command): Command {
  return command
    .option('--workspace <dir>', "the project's folder (default: this one)")
    .option('--config <file>', 'settings file (default: config.yaml of this folder)');
}

/** The options that may differ from the start of the run, and how the run is shown. */
export function withTeamOptions(command: Command): Command {
  return withJournalOptions(command)
    .option('--base-url <url>', 'address of the model server (default: as at the start)')
    .option('--model <name>', 'model to use (default: as at the start)')
    .addOption(new Option('--engine <engine>', 'what runs the model (default: as at the start)').choices(['auto', 'server', 'embedded']))
    .option('--model-file <gguf>', 'model for the embedded engine (default: as at the start)')
    .addOption(allowRemoteOption())
    .option('--private', 'ask only models on this machine, whatever else is allowed')
    .addOption(budgetOption())
    .addOption(allowInstallOption())
    .option('--trust', trustHelp)
    .option('--stay', 'keep waiting with the run for a time or a signal, instead of exiting')
    .addOption(new Option('--json', 'print one event per line as JSON, and nothing else').conflicts('quiet'))
    .option('--quiet', 'print only the outcome')
    .option('--verbose', 'print details, and the log');
}

/** The words after the command. Only the journal can tell whether the first one names a run. */
export function words(...given: (string | undefined)[]): string[] {
  return given.filter((word) => word !== undefined);
}

import type { Command } from 'commander';

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

/** The words after the command. Only the journal can tell whether the first one names a run. */
export function words(...given: (string | undefined)[]): string[] {
  return given.filter((word) => word !== undefined);
}

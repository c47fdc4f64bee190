import type { Command } from 'commander';

/** How people name a run. */
export const runHelp = 'a run id, its unique beginning or end, or latest';

/** The same, where none has to be named. */
export const newestRunHelp = `${runHelp} (default: the newest)`;

/** For commands that go on with what a run holds. */
export const trustHelp = 'go on also with a run that was not begun here by you';

/** The options of every command that looks at runs. */
export function withJournalOptions(command: Command): Command {
  return command
    .option('--workspace <dir>', "the project's folder (default: this one)")
    .option('--config <file>', 'settings file (default: config.yaml of this folder)');
}

/** What stands behind the command. Whether the first word is a run, only the journal can tell. */
export function words(...given: (string | undefined)[]): string[] {
  return given.filter((word) => word !== undefined);
}

import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';

/** The commands for the embedded engine, which is not part of the package. Each is loaded when it runs. */
export function addEngineCommands(program: Command, end: (code: ExitCode) => void): void {
  const engine = program.command('engine').description('the embedded engine, which runs a model without a model server');
  engine
    .command('install')
    .description('download the embedded engine; shows its size and asks first')
    .option('--yes', 'do not ask')
    .action(async (options: object) => end(await (await import('./engine-install.ts')).engineInstall(options)));
}

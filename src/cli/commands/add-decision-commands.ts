import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { runHelp, withTeamOptions, words } from '../runs/run-arguments.ts';

/** The commands by which people decide what a run asks them. Each is loaded when it runs. */
export function addDecisionCommands(program: Command, end: (code: ExitCode) => void): void {
  const run = `${runHelp} (default: the only one that waits)`;
  const step = 'the step that asks (default: the only one)';
  const withDecision = (command: Command) =>
    withTeamOptions(command)
      .argument('[run]', run)
      .argument('[step]', step)
      .option('--edit <file...>', 'your own version of a file that was shown, or <shown file>=<your file>')
      .option('--no-resume', 'only record it; the run continues when somebody resumes it');

  withDecision(program.command('approve').description('approve what a step of a run asks, and continue the run'))
    .option('--comment <text>', 'what later steps should know')
    .action(async (run: string | undefined, task: string | undefined, options: object) =>
      end(await (await import('./decide.ts')).approve(words(run, task), options)),
    );
  withDecision(program.command('reject').description('reject what a step of a run asks; the author changes it, and you are asked again'))
    .option('--comment <text>', 'what to change')
    .action(async (run: string | undefined, task: string | undefined, options: object) =>
      end(await (await import('./decide.ts')).reject(words(run, task), options)),
    );
  withTeamOptions(program.command('answer').description('answer what a step of a run asks, and continue the run'))
    .usage('[options] [run] [step] <answer>')
    .argument('[run]', run)
    .argument('[step]', step)
    .argument('[answer]', 'a text, a number, yes or no, or one of the choices')
    .option('--comment <text>', 'what later steps should know beside it')
    .option('--no-resume', 'only record it; the run continues when somebody resumes it')
    .action(async (...given: [string | undefined, string | undefined, string | undefined, object]) => {
      const [run, task, answer, options] = given;
      end(await (await import('./decide.ts')).answer(words(run, task, answer), options));
    });
}

import process from 'node:process';
import { Argument, Command, Option } from 'commander';
import { asStarted } from './as-started.ts';
import { productVersion } from '../utils/product-version.ts';
import { addDecisionCommands } from './commands/add-decision-commands.ts';
import { addEngineCommands } from './commands/add-engine-commands.ts';
import type { ExitCode } from './exit-code.ts';
import { addModelCommands } from './commands/add-model-commands.ts';
import { refuseWords, usageError } from './usage-error.ts';
import { addDefinitionCommands } from './commands/add-definition-commands.ts';
import { addFileCommands } from './commands/add-file-commands.ts';
import { addRunCommands } from './commands/add-run-commands.ts';
import {
  allowRemoteOption,
  allowInstallOption,
  budgetOption,
  sandboxOption,
  verifyCommandOption,
  verifyOption,
  withModelOptions,
  withSettingsOptions,
} from './settings-options.ts';

/** What stands below the help of the program, and in its manual page. */
export const helpBelow = `
Examples:
  multiagent                                                        asks for everything it needs
  multiagent demo                                                   try it: no model server needed
  multiagent run feature-development --req requirement.md           on the llama-server of this machine
  multiagent run bug-fix "Saving twice loses data" --file src/store.py
  echo "A todo list" | multiagent run analysis --req - --json       one event per line, for programs
  multiagent workflows show feature-development

Exit codes: 0 completed, 1 the run failed or its tests fail, 2 wrong usage or settings, 3 no model server, 4 the run waits, 130 interrupted.`;

/**
 * The command line. Each command is loaded when it runs, so that --help and --version are instant.
 * @param end Receives the exit code of the command that ran.
 */
export function buildProgram(end: (code: ExitCode) => void): Command {
  const program = new Command('multiagent')
    .description(
      'A local-first software team: a requirement goes in, a team of agents on your own model server works through it, files come out.',
    )
    .version(productVersion(), '-V')
    .version(productVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', helpBelow)
    .showHelpAfterError('  multiagent --help lists the commands; --help after a command lists its options.')
    .configureOutput({
      writeOut: (text) => void process.stdout.write(asStarted(text)),
      writeErr: (text) => void process.stderr.write(asStarted(text)),
      outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
    })
    .exitOverride();
  // The former name of the option.
  program.options.find(({ short }) => short === '-V')?.hideHelp();

  withInputs(withRecordingOptions(withRunOptions(program.command('run').description('run a workflow on a requirement'))))
    .option('--check <command>', 'your own command to run on the written files, in a sandbox, such as "npm test"')
    .option('--check-network', 'the check may use the network')
    .addOption(sandboxOption())
    .option('--check-timeout <seconds>', 'how long the check may take (default: 300)')
    .option('--workflow <file>', 'a workflow that is not among those with a name')
    .option('--inputs <file>', 'several sets of inputs, for a run each: a list in YAML or JSON, or .jsonl')
    .addArgument(new Argument('[workflow]', 'its name, such as feature-development; "multiagent workflows list" names them all'))
    .showHelpAfterError('  "multiagent workflows list" names the workflows, "multiagent run --help" lists the options.')
    .argument('[requirement...]', 'what the team should build, in words; or name a file or a folder with --req')
    .action(
      async (
        workflow: string | undefined,
        words: string[],
        { req = [], ...options }: { req?: string[]; workflow?: string; inputs?: string },
      ) => {
        // With a file, what looks like the name of a workflow is the first word of the requirement.
        const isFile = options.workflow !== undefined && workflow !== undefined;
        const given = { ...options, words: isFile ? [workflow, ...words] : words };
        const name = options.workflow === undefined ? workflow : '';
        const [first, second] = req;
        if (second === undefined && options.inputs === undefined)
          end(await (await import('./commands/run.ts')).run(name, { ...given, req: first }));
        else end(await (await import('./execute-several.ts')).executeSeveral(name, req, given));
      },
    );

  withInputs(withRunOptions(program.command('wizard', { isDefault: true }).description('ask what a run needs, then run it')))
    .option('--workflow <workflow>', 'the name of a workflow, or its file (default: asked)')
    .option('--yes', 'ask nothing that has a default, and start: the workflow that suits, no project files')
    .allowExcessArguments()
    .action(async ({ req = [], ...options }: { req?: string[] }, command: Command) => {
      const commands = program.commands.map((known) => known.name());
      if (req.length > 1)
        throw usageError(
          'The wizard asks about one requirement, and several are given.',
          'Start several runs at once with: multiagent run <workflow> --req a.md --req b.md',
        );
      end(await (await import('./wizard/wizard-command.ts')).wizard({ ...options, req: req[0] }, { words: command.args, commands }));
    });

  withRecordingOptions(
    withOutputOptions(
      program
        .command('demo')
        .description('try it with the bundled sample and the tiny demo model, without a model server')
        .option('--private', 'ask only models on this machine, which the demo does anyway')
        .addOption(allowInstallOption()),
    ),
  ).action(async (options: object) => end(await (await import('./commands/demo.ts')).demo(options)));

  withSettingsOptions(program.command('doctor'))
    .description('check the model server, the model and this machine, and say what to fix')
    .option('--json', 'print the findings as JSON')
    .action(async (options: object) => end(await (await import('./commands/doctor.ts')).doctor(options)));

  withModelOptions(program.command('serve').description('let other programs on this machine ask the agents of the team'))
    .option('--botcoder', 'answer POST /api/botcoder/<agent>/query, as a botserver does')
    .option('--port <number>', 'the port to listen on; 0: any that is free (default: 9000)')
    .option('--host <address>', 'an address of this machine alone (default: 127.0.0.1)')
    .option('--verbose', 'also write the log to standard error')
    .action(async (options: object) => end(await (await import('./commands/serve.ts')).serve(options)));

  addModelCommands(program, end);
  addEngineCommands(program, end);
  addRunCommands(program, end);
  addDecisionCommands(program, end);
  addFileCommands(program, end);

  addDefinitionCommands(program, end);

  const config = program.command('config').description('show the effective settings, the file that is read, or the schema');
  refuseWords(withSettingsOptions(config.command('show', { isDefault: true })))
    .description('show every setting with its value and where it comes from')
    .option('--json', 'print them as JSON')
    .action(async (options: object) => (await import('./commands/config.ts')).showConfig(options));
  config
    .command('path')
    .description('print which settings file is read')
    .option('--config <file>', 'settings file (default: config.yaml of this folder)')
    .action(async (options: object) => (await import('./commands/config.ts')).showConfigPath(options));
  config
    .command('schema')
    .description('print the JSON Schema of a settings file, for editors')
    .action(async () => (await import('./commands/config.ts')).showConfigSchema());

  program
    .command('init')
    .description('write a config.yaml, a .env and an example requirement; what exists is kept')
    .argument('[dir]', 'the folder (default: this one)')
    .action(async (folder: string | undefined) => (await import('./commands/init.ts')).init(folder));

  program
    .command('completion')
    .description('print a script that has your shell complete commands, options, runs, steps, workflows and models')
    .addArgument(new Argument('<shell>', 'whose script; "multiagent help shell" says where it goes').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => (await import('./commands/completion.ts')).completion(shell));
  // What these scripts call.
  program
    .command('complete', { hidden: true })
    .helpOption(false)
    .argument('[words...]')
    .action(async (words: string[]) => (await import('./commands/complete.ts')).complete(program, words));

  program
    .command('upgrade-check')
    .description('say which version this is; a newer one is asked for with --ask only')
    .option('--ask', 'ask the registry in your npm settings for the newest version')
    .option('--json', 'print the versions as JSON')
    .action(async (options: object) => (await import('./commands/upgrade-check.ts')).upgradeCheck(options));

  // Groups of commands keep the usual one.
  program.helpCommand(false);
  program
    .command('help')
    .description('print the help of a command, or a page of the documentation')
    .argument('[topic]', 'a command, or a topic; "multiagent help topics" lists these')
    .argument('[inner]', 'a command of that command')
    .action(async (topic: string | undefined, inner: string | undefined) =>
      (await import('./commands/help.ts')).help(program, topic, inner),
    );
  return program;
}

function withRunOptions(command: Command): Command {
  return withOutputOptions(command)
    .addOption(
      new Option('--req <path>', 'file with the requirement, folder of a specification, - for standard input; run takes several')
        .conflicts('requirement')
        .argParser((file: string, before: string[] | undefined) => [...(before ?? []), file]),
    )
    .option('--requirement <text>', 'the requirement itself')
    .option('--file <path...>', 'project files or folders that the team reads after the requirement')
    .option('--files <globs...>', 'the same by patterns, in quotes: "src/**/*.ts"; "!tests" leaves out')
    .option('--worktree [branch]', 'work on a Git worktree with a new branch, and commit there (default: multiagent/<run>)')
    .option('--no-project', 'read nothing of the project but what is named (default: in a Git work tree, what fits of it)')
    .option('--config <file>', 'settings file (default: config.yaml of this folder)')
    .option('--base-url <url>', 'address of the model server, or several with commas (default: 127.0.0.1, port 8080, then 9931)')
    .option('--model <name>', 'model to use (default: the model that the server serves)')
    .addOption(new Option('--engine <engine>', 'what runs the model').choices(['auto', 'server', 'embedded']))
    .option('--model-file <gguf>', 'model for the embedded engine (default: the tiny demo model)')
    .option('--max-parallel <n|auto>', 'how many agents work at once')
    .addOption(allowRemoteOption())
    .option('--private', 'ask only models on this machine, whatever else is allowed')
    .addOption(budgetOption())
    .addOption(verifyOption())
    .addOption(verifyCommandOption())
    .addOption(allowInstallOption());
}

function withInputs(command: Command): Command {
  return command.option(
    '--input <name=value>',
    'an input that the workflow asks for; give it once for each',
    (given: string, before: string[] | undefined) => [...(before ?? []), given],
  );
}

function withRecordingOptions(command: Command): Command {
  return command
    .option('--record <file>', 'write every exchange with the model to this new file')
    .addOption(new Option('--replay <file>', 'answer from such a file, without a model server').conflicts('record'));
}

function withOutputOptions(command: Command): Command {
  return command
    .option('--workspace <dir>', "the project's folder (default: this one)")
    .option('--output <dir>', 'where results are written (default: output in the workspace)')
    .addOption(new Option('--json', 'print one event per line as JSON, and nothing else').conflicts('quiet'))
    .option('--quiet', 'print only the outcome')
    .option('--verbose', 'print details, and the log');
}

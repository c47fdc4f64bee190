import { Option, type Command } from 'commander';
import { readAllowedHost } from '../utils/allowed-host.ts';
import { usageError } from './usage-error.ts';

/** The options that say which settings count, and which model is asked. */
export function withModelOptions(command: Command): Command {
  return command
    .option('--config <file>', 'settings file (default: config.yaml of this folder)')
    .option('--workspace <dir>', "the project's folder (default: this one)")
    .option('--output <dir>', 'where results are written (default: output in the workspace)')
    .option('--base-url <url>', 'address of the model server, or several with commas (default: 127.0.0.1, port 8080, then 9931)')
    .option('--model <name>', 'model to use (default: the model that the server serves)')
    .addOption(new Option('--engine <engine>', 'what runs the model').choices(['auto', 'server', 'embedded']))
    .option('--model-file <gguf>', 'model for the embedded engine')
    .option('--max-parallel <n|auto>', 'how many agents work at once')
    .addOption(allowRemoteOption())
    .option('--private', 'ask only models on this machine, whatever else is allowed');
}

/** The options of a run that set settings, for commands that show the effect of these options. */
export function withSettingsOptions(command: Command): Command {
  return withModelOptions(command)
    .addOption(budgetOption())
    .addOption(verifyOption())
    .addOption(verifyCommandOption())
    .addOption(allowInstallOption())
    .addOption(sandboxOption());
}

/** What a run may cost. */
export function budgetOption(): Option {
  return new Option(
    '--budget <dollars|none>',
    'US dollars that the run may cost; before a call that could cost more it stops, and can be resumed',
  );
}

/** Where a check is run. */
export function sandboxOption(): Option {
  return new Option('--sandbox <auto|off>', 'where checks are run; off: as you, without a sandbox').choices(['auto', 'off']);
}

/** Whether the code that the team wrote is run. */
export function verifyOption(): Option {
  const words = ['auto', 'off', 'required'];
  return new Option(
    `--verify <${words.join('|')}>`,
    'whether the code that the team wrote is run: its tests, and the examples in the requirement',
  ).choices(words);
}

/** The command that checks it. */
export function verifyCommandOption(): Option {
  return new Option(
    '--verify-command <command>',
    'the command that checks the files, in the sandbox (default: what the files themselves call for)',
  );
}

/** Whether packages may be fetched. */
export function allowInstallOption(): Option {
  return new Option('--allow-install', 'fetch packages that tests need and this machine does not have, in the sandbox');
}

/** What `--allow-remote` says, as often as it is given: a host, or `true` where it stands alone, for the addresses that the command line names. */
export type AllowedOnCommandLine = readonly (string | true)[];

/** Which other machines may be asked. What stands behind it and is no host was not meant for it. */
export function allowRemoteOption(): Option {
  return new Option(
    '--allow-remote [host]',
    'allow a model server on this other machine; alone: the one that --base-url or --model names (may be repeated)',
  )
    .preset(true)
    .argParser((given: string | true, before: AllowedOnCommandLine | undefined) => [
      ...(before ?? []),
      ...(given === true ? [given] : hostsIn(given)),
    ]);
}

function hostsIn(given: string): string[] {
  const hosts = given.split(',').map((host) => host.trim());
  const wrong = hosts.find((host) => readAllowedHost(host) === undefined);
  if (wrong === undefined) return hosts;
  throw usageError(
    `--allow-remote takes a host, and "${wrong}" is none.`,
    'Name one host each time, without * or @: --allow-remote models.example.com, or gpu:8080. Where it names none, put it at the end of the line.',
  );
}

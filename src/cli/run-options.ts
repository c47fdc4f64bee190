import { resolve } from 'node:path';
import type { SettingsInput } from '../config/settings-schema.ts';
import type { AllowedOnCommandLine } from './settings-options.ts';
import { usageError } from './usage-error.ts';

/** The options of `run` and `demo`, as given on the command line. */
export interface RunOptions {
  req?: string | undefined;
  requirement?: string | undefined;
  /** The requirement, as written after the workflow. */
  words?: readonly string[] | undefined;
  /** The file of a workflow, instead of the name of one. */
  workflow?: string | undefined;
  /** `name=value`, for the inputs of the workflow. */
  input?: string[] | undefined;
  /** A file with sets of inputs, for a run each. */
  inputs?: string | undefined;
  file?: string[] | undefined;
  /** Patterns of project files; those that begin with `!` say which are not wanted. */
  files?: string[] | undefined;
  /** Work on a Git worktree of its own branch: the name of the branch, or `true` for one that is made up. */
  worktree?: string | true | undefined;
  /** False: nothing of the project is read but what is named. */
  project?: boolean | undefined;
  config?: string | undefined;
  workspace?: string | undefined;
  output?: string | undefined;
  baseUrl?: string | undefined;
  model?: string | undefined;
  engine?: 'auto' | 'server' | 'embedded' | undefined;
  modelFile?: string | undefined;
  maxParallel?: string | undefined;
  allowRemote?: AllowedOnCommandLine | undefined;
  /** Whether only models on this machine may be asked. */
  private?: boolean | undefined;
  /** US dollars, or `none`. */
  budget?: string | undefined;
  /** Allows continuing a run that was not started here. */
  trust?: boolean | undefined;
  /** Keeps waiting when every remaining task of the run waits. */
  stay?: boolean | undefined;
  sandbox?: 'auto' | 'off' | undefined;
  verify?: 'auto' | 'off' | 'required' | undefined;
  /** The command that checks the files, instead of what they themselves call for. */
  verifyCommand?: string | undefined;
  /** Whether packages that tests need may be fetched. */
  allowInstall?: boolean | undefined;
  /** A command to run on the written files. */
  check?: string | undefined;
  /** Seconds. */
  checkTimeout?: string | undefined;
  /** Whether the command may use the network of this machine. */
  checkNetwork?: boolean | undefined;
  /** The file to which every exchange with the model is written. */
  record?: string | undefined;
  /** The recording that replaces a model server. */
  replay?: string | undefined;
  /** Names with commas between them: tools of others that a session offers. */
  tools?: string | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  verbose?: boolean | undefined;
}

/** The settings from the command line, but for what it allows; missing ones are undefined. Paths are relative to the current folder. */
export function settingsFromOptions(options: RunOptions, directory: string): SettingsInput {
  const path = (given: string | undefined) => (given === undefined ? undefined : resolve(directory, given));
  return {
    workspace: path(options.workspace),
    output_directory: path(options.output),
    llm_base_url: options.baseUrl,
    llm_model: options.model,
    engine: options.engine,
    model_file: path(options.modelFile),
    max_concurrent_agents: parallel(options.maxParallel),
    private: options.private,
    budget: budgetOf(options),
    sandbox: options.sandbox,
    session_tools: options.tools?.split(/[\s,]+/).filter((name) => name !== ''),
    project: options.project === false ? 'off' : undefined,
    verify: options.verify,
    verify_command: options.verifyCommand,
    allow_install: options.allowInstall,
  };
}

/** What `--budget` says, as the setting has it. @throws MultiagentError `usage`. */
export function budgetOf({ budget: given }: Pick<RunOptions, 'budget'>): number | 'none' | undefined {
  if (given === undefined || given === 'none') return given;
  const dollars = /^\$?\d{1,7}(?:\.\d{1,9})?$/.test(given.trim()) ? Number(given.trim().replace('$', '')) : NaN;
  if (dollars <= 1_000_000) return dollars;
  throw usageError(
    `--budget takes a number of US dollars, or none; it was given "${given}".`,
    'For example: --budget 2.50. Leave it out to use the setting budget.',
  );
}

function parallel(given: string | undefined): number | 'auto' | undefined {
  if (given === undefined || given === 'auto') return given;
  const count = Number(given);
  if (Number.isInteger(count) && count >= 1) return count;
  throw usageError(
    `--max-parallel takes a whole number of at least 1, or auto; it was given "${given}".`,
    'Leave it out to use the setting max_concurrent_agents.',
  );
}

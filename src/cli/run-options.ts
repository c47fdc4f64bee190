import { resolve } from 'node:path';
import type { SettingsInput } from '../config/settings-schema.ts';
import { usageError } from './usage-error.ts';

/** The options of `run` and `demo`, as the command line gives them. */
export interface RunOptions {
  req?: string | undefined;
  requirement?: string | undefined;
  /** The requirement, as it stands behind the workflow. */
  words?: readonly string[] | undefined;
  file?: string[] | undefined;
  config?: string | undefined;
  workspace?: string | undefined;
  output?: string | undefined;
  baseUrl?: string | undefined;
  model?: string | undefined;
  engine?: 'auto' | 'server' | 'embedded' | undefined;
  modelFile?: string | undefined;
  maxParallel?: string | undefined;
  allowRemote?: boolean | undefined;
  /** Go on also with a run that was not begun here. */
  trust?: boolean | undefined;
  /** Waits with a run of which everything that is left waits. */
  stay?: boolean | undefined;
  sandbox?: 'auto' | 'off' | undefined;
  verify?: 'auto' | 'off' | 'required' | undefined;
  /** What checks the files, in the place of what they themselves tell. */
  verifyCommand?: string | undefined;
  /** A command to run on the files when they have landed. */
  check?: string | undefined;
  /** Seconds. */
  checkTimeout?: string | undefined;
  /** Whether it has the network of this machine. */
  checkNetwork?: boolean | undefined;
  /** The file that every exchange with the model is written to. */
  record?: string | undefined;
  /** The recording that takes the place of a model server. */
  replay?: string | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  verbose?: boolean | undefined;
}

/** What the command line says about settings; what it leaves out is undefined. Paths are taken from the current folder. */
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
    allow_remote: options.allowRemote,
    sandbox: options.sandbox,
    verify: options.verify,
    verify_command: options.verifyCommand,
  };
}

function parallel(given: string | undefined): number | 'auto' | undefined {
  if (given === undefined || given === 'auto') return given;
  const count = Number(given);
  if (Number.isInteger(count) && count >= 1) return count;
  throw usageError(
    `--max-parallel takes a whole number from 1 on, or auto; it was given "${given}".`,
    'Leave it out to use the setting max_concurrent_agents.',
  );
}

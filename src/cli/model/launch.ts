import process from 'node:process';
import type { Machine } from '../../local-engine/machine/machine.ts';
import { type LaunchPlan, planLaunch } from '../../local-engine/machine/plan-launch.ts';
import { readMachine } from '../../local-engine/machine/read-machine.ts';
import type { ModelSize } from '../../local-engine/machine/fit-model.ts';
import type { LaunchSettings } from './launch-settings.ts';
import { findServerProgram, serverCommand, type ServerCommand } from './start-script.ts';
import { serverHelp } from './server-help.ts';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';

export interface Surroundings {
  /** Undefined: there is no llama-server. */
  program: string | undefined;
  help: string;
  /** The signal that ended it when it was asked for its help: it cannot run here. */
  diedBy?: NodeJS.Signals | undefined;
  machine: Machine;
}

export interface ReadSurroundingsOptions {
  /** The llama-server to use; absent: the one that is found. */
  program?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** @throws MultiagentError if LLAMA_SERVER_BIN does not name a program. */
export async function readSurroundings({ program: known, signal }: ReadSurroundingsOptions = {}): Promise<Surroundings> {
  const program = known ?? (await findServerProgram());
  const [machine, told] = await Promise.all([
    readMachine({ program, environment: environmentWithoutSecrets(process.env), signal }),
    serverHelp(program),
  ]);
  return { program, ...told, machine };
}

export interface Launch {
  command: ServerCommand;
  plan: LaunchPlan;
}

export interface LaunchCommandOptions {
  surroundings: Surroundings;
  settings: LaunchSettings;
  /** The value for `-m` or `-hf`. */
  model: string;
  size: ModelSize;
  port: number;
  /** The person's own flags. */
  flags?: readonly string[] | undefined;
}

/** The command line for a model on this machine. The person's own flags come last, because with llama-server the last one wins. */
export async function launchCommand({ surroundings, settings, model, size, port, flags = [] }: LaunchCommandOptions): Promise<Launch> {
  const plan = planLaunch({ machine: surroundings.machine, model: size, wanted: settings, help: surroundings.help });
  const { contextTokens, slots, gpuLayers, threads } = plan;
  const { program } = surroundings;
  const command = await serverCommand({ program, model, contextTokens, slots, gpuLayers, threads, port, flags: [...plan.flags, ...flags] });
  return { command, plan };
}

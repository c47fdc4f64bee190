import process from 'node:process';
import type { Machine } from '../../llm/machine/machine.ts';
import { type LaunchPlan, planLaunch } from '../../llm/machine/plan-launch.ts';
import { readMachine } from '../../llm/machine/read-machine.ts';
import type { ModelSize } from '../../llm/machine/memory-need.ts';
import { catalogue } from '../../llm/machine/catalogue.ts';
import { recommendModel } from '../../llm/machine/recommend-model.ts';
import { type ChosenModel, chooseModel } from './chosen-model.ts';
import type { LaunchSettings } from './launch-settings.ts';
import { findServerProgram, serverCommand, type ServerCommand } from './start-script.ts';
import { serverHelp } from './server-help.ts';

export interface Surroundings {
  /** Undefined: no llama-server is here. */
  program: string | undefined;
  help: string;
  machine: Machine;
}

/** @throws MultiagentError where LLAMA_SERVER_BIN names no program. */
export async function readSurroundings(signal?: AbortSignal): Promise<Surroundings> {
  const program = await findServerProgram();
  const [machine, help] = await Promise.all([readMachine({ program, environment: process.env, signal }), serverHelp(program)]);
  return { program, help, machine };
}

export interface Launch {
  command: ServerCommand;
  plan: LaunchPlan;
}

export interface LaunchOptions {
  surroundings: Surroundings;
  settings: LaunchSettings;
  /** What stands after `-m` or `-hf`. */
  model: string;
  size: ModelSize;
  port: number;
  /** Of people's own. */
  flags?: readonly string[] | undefined;
}

/** The command line for a model on this machine. Flags of people's own come last: with llama-server the last one counts. */
export async function launchCommand({ surroundings, settings, model, size, port, flags = [] }: LaunchOptions): Promise<Launch> {
  const plan = planLaunch({ machine: surroundings.machine, model: size, wanted: settings, help: surroundings.help });
  const { contextTokens, slots, gpuLayers, threads } = plan;
  const command = await serverCommand({ model, contextTokens, slots, gpuLayers, threads, port, flags: [...plan.flags, ...flags] });
  return { command, plan };
}

/** What to start on this machine: the model that is chosen or here already, else the one to fetch. Undefined where none fits. */
export async function recommendedLaunch(
  surroundings: Surroundings,
  settings: LaunchSettings,
  directory: string,
): Promise<(Launch & { model: string }) | undefined> {
  const { machine } = surroundings;
  const port = settings.port ?? 8080;
  const here: ChosenModel | undefined = await chooseModel({ wanted: settings.model, machine, directory }).catch(() => undefined);
  if (here !== undefined) {
    const launch = await launchCommand({ surroundings, settings, model: here.file, size: here.size, port });
    return { ...launch, model: here.name };
  }
  const best = recommendModel(machine) ?? catalogue.at(-1);
  if (best === undefined) return undefined;
  const model = `${best.repository}:${best.quantisation}`;
  return { ...(await launchCommand({ surroundings, settings, model, size: best, port })), model: best.name };
}

import type { BaseAgent } from '../agents/base-agent.ts';
import type { Settings, SettingsInput } from '../config/settings-schema.ts';
import type { FileFormat } from '../files/file-format.ts';
import type { ModelConnection } from '../llm/model-connection.ts';
import type { ConnectOptions } from '../local-engine/connect-options.ts';
import type { EventStore } from '../state/store/event-store.ts';
import type { ProgramTool } from '../tools/program-tool.ts';
import type { Clock } from '../utils/clock.ts';
import type { Logger } from '../utils/logger.ts';
import type { EventListener } from './journal/run-journal.ts';

/** What a team works with; everything has a default. */
export interface AgentOrchestratorOptions {
  /** The project's folder; the journal lies in it under `.multiagent`. Default: the settings' workspace. */
  workspace?: string | undefined;
  /** Settings as `loadConfig` gives them, or any part of them. Default: all defaults. */
  config?: Settings | SettingsInput | undefined;
  /** Absolute: where the person keeps roles (`agents`) and workflows (`workflows`) of their own, below those of the workspace. Default: nowhere. */
  ownFolder?: string | undefined;
  /** Your own agents: they join the team and take over a role from the built-in agent that plays it. */
  agents?: BaseAgent[] | undefined;
  /** Your own tools, which steps may name beside the program's. They are called before those of MCP servers of the same name. Default: none. */
  tools?: readonly ProgramTool[] | undefined;
  /** How replies name their files, tried in order. Default: the built-in formats; add to them with `[...fileFormats, yours]`. */
  formats?: readonly FileFormat[] | undefined;
  /** Where the journal is kept; default: `.multiagent/state.db`, or memory when `enable_task_persistence` is off. The caller closes its own. */
  store?: EventStore | undefined;
  /** Receives every event of every run once it is in the journal. */
  onEvent?: EventListener | undefined;
  /** How many requests the embedded engine answers at the same time; default 1. */
  embeddedSlots?: number | undefined;
  /** Called about once a second while a server loads its model, with its address and the milliseconds waited so far. */
  onLoading?: ConnectOptions['onLoading'];
  /** Called before measuring what several simultaneous requests gain, which takes some seconds. */
  onMeasuring?: ConnectOptions['onMeasuring'];
  /** Called now and then while a run that begins reads the project: how many files it has looked at, and of how many, once that is known. */
  onReadingProject?: ((files: number, of?: number) => void) | undefined;
  /**
   * The folder for measurements of model servers. Below it, `slots` is where the start script lets the server save its slots, `packages` holds what was
   * fetched for checks, and `maps` what was found out about the files of projects. Default: none.
   */
  cacheFolder?: string | undefined;
  /** Told which of several model servers are not used, and why; the log says so as well. */
  onNotice?: ConnectOptions['onNotice'];
  /**
   * The folder that records which runs were started here. To continue any other run, whose journal came with its folder, then takes `trust`. Default:
   * none, and nothing is asked.
   */
  stateFolder?: string | undefined;
  /** How a model is reached; default: the server or the engine that the settings name. */
  connect?: ((options: ConnectOptions) => Promise<ModelConnection>) | undefined;
  /** Where the log goes. Default: nowhere. */
  logger?: Logger | undefined;
  /** All variables that a command of a step is given. Default: a plain `PATH`. */
  commandEnvironment?: Record<string, string> | undefined;
  /** All variables of the person, secrets among them: MCP servers get those that name no secret, and those that the settings name. Default: `commandEnvironment`. */
  personEnvironment?: Readonly<Record<string, string | undefined>> | undefined;
  /** What time it is, and how to wait. Default: the system's clock. */
  clock?: Clock | undefined;
}

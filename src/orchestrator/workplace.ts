import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { BaseAgent } from '../agents/base-agent.ts';
import { RoleCatalogue } from '../agents/role-catalogue.ts';
import { completeSettings } from '../config/complete-settings.ts';
import type { Settings } from '../config/settings-schema.ts';
import { OwnRuns } from '../state/origin/own-runs.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { SqliteEventStore } from '../state/store/sqlite-event-store.ts';
import { type Clock, systemClock } from '../utils/clock.ts';
import { type Logger, silentLogger } from '../utils/logger.ts';
import { workspacePlaces } from '../utils/workspace-places.ts';
import { WorkflowCatalogue } from '../workflows/workflow-catalogue.ts';
import type { AgentOrchestratorOptions } from './agent-orchestrator-options.ts';
import { ServerTools } from './calling/server-tools.ts';
import { connectTeam } from './connect-team.ts';
import { declarationsOf } from './declarations-of.ts';
import { findAgent } from './find-agent.ts';
import type { EventListener } from './journal/run-journal.ts';
import { heardBy } from './run/event-log.ts';
import type { RunEnvironment } from './run-environment.ts';
import { StepKindRegistry } from './step-kinds/step-kind-registry.ts';

/** What differs from run to run. */
type RunPart = Pick<
  RunEnvironment,
  'settings' | 'models' | 'routed' | 'bus' | 'signal' | 'whileWaiting' | 'person' | 'calls' | 'otherTools'
> & {
  agents: readonly BaseAgent[];
};

/** The folder that a team works in, and what its runs find there: the settings, roles, workflows and kinds of steps, and the journal. */
export class Workplace {
  /** Absolute. */
  readonly folder: string;
  readonly roles: RoleCatalogue;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ownRuns: OwnRuns | undefined;
  readonly kinds = new StepKindRegistry({
    isPrivate: (role) => this.roles.isPrivate(role),
    toolsOf: (role) => this.roles.toolsOf(role),
  });
  readonly #options: AgentOrchestratorOptions;
  #store: EventStore | undefined;
  #workflows: WorkflowCatalogue | undefined;

  constructor(options: AgentOrchestratorOptions) {
    const { agents: own = [], config = {}, ownFolder, stateFolder } = options;
    this.#options = options;
    this.folder = resolve(options.workspace ?? completeSettings(config).workspace);
    this.roles = new RoleCatalogue({ ownFolder, workspace: this.folder });
    this.settings = completeSettings(config, declarationsOf(this.roles, own));
    this.clock = options.clock ?? systemClock;
    this.logger = options.logger ?? silentLogger;
    this.ownRuns = stateFolder === undefined ? undefined : new OwnRuns(stateFolder);
  }

  /** Receives every event of every run once it is in the journal. */
  get onEvent(): EventListener {
    return heardBy(this.logger, this.#options.onEvent);
  }

  /** Absolute: where results are written. */
  get outputFolder(): string {
    const { output_directory: output } = this.settings;
    return isAbsolute(output) ? output : join(this.folder, output);
  }

  /** Read at the first use. */
  get workflows(): WorkflowCatalogue {
    return (this.#workflows ??= new WorkflowCatalogue({
      kinds: () => this.kinds.declarations,
      startsProgram: (step, named) => this.kinds.startsProgram(step, named),
      ownFolder: this.#options.ownFolder,
      workspace: this.folder,
    }));
  }

  /** Opened at the first use. */
  get store(): EventStore {
    const path = this.settings.enable_task_persistence ? workspacePlaces(this.folder).journal : ':memory:';
    this.#store ??= this.#options.store ?? SqliteEventStore.open({ path, clock: this.clock });
    return this.#store;
  }

  /** The journal if there is one already: asking what was before creates none. */
  get earlierRuns(): EventStore | undefined {
    const isThere = this.#store !== undefined || this.#options.store !== undefined || existsSync(workspacePlaces(this.folder).journal);
    return isThere ? this.store : undefined;
  }

  /** A journal that ends with this process leaves nothing to continue later. */
  get whileWaiting(): RunEnvironment['whileWaiting'] {
    return this.settings.enable_task_persistence || this.#options.store !== undefined ? 'rest' : 'stay';
  }

  /** What a step may consist of. */
  get nested() {
    return { kinds: this.kinds, workflowNamed: (name: string) => this.workflows.get(name) };
  }

  /** Where runs are looked for, and how it is known that they were started here. */
  get places() {
    return { workspace: this.folder, outputFolder: this.outputFolder, ownRuns: this.ownRuns };
  }

  /** What choosing models takes. */
  get routing() {
    return {
      expectsOf: (taskType: string) => this.roles.instructionsFor(taskType, undefined)?.expects,
      cacheFolder: this.#options.cacheFolder,
    };
  }

  /** What reading a project takes. */
  get reading() {
    const { ownFolder, cacheFolder, commandEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin' }, onReadingProject } = this.#options;
    return {
      workspace: this.folder,
      outputFolder: this.outputFolder,
      kinds: this.kinds,
      logger: this.logger,
      commandEnvironment,
      ownFolder,
      projectCacheFolder: cacheFolder === undefined ? undefined : join(cacheFolder, 'maps'),
      onReadingProject,
    };
  }

  /** The tools of others that a run by these settings has. The caller disposes of them. */
  otherToolsOf(settings: Settings): ServerTools {
    const { clock, logger } = this;
    return new ServerTools(settings, {
      environment: this.#options.personEnvironment ?? this.reading.commandEnvironment,
      connect: (of, signal) => connectTeam(of, [], this.#options, { clock, logger, signal }),
      ofProgram: this.#options.tools ?? [],
    });
  }

  /** What a run here is executed with. */
  environmentOf({ agents, ...run }: RunPart): RunEnvironment {
    const { cacheFolder, formats } = this.#options;
    return {
      ...run,
      ...this.reading,
      store: this.store,
      roles: this.roles,
      workflowNamed: this.nested.workflowNamed,
      cacheFolder,
      packagesFolder: cacheFolder === undefined ? undefined : join(cacheFolder, 'packages'),
      agentOf: (role) => findAgent(agents, 'role', role),
      clock: this.clock,
      formats,
      onEvent: this.onEvent,
      ownRuns: this.ownRuns,
    };
  }

  /** Closes the journal, unless it is the caller's own. Safe to call twice. */
  async close(): Promise<void> {
    if (this.#store !== this.#options.store) await this.#store?.close();
    this.#store = undefined;
  }
}

import type { BaseAgent } from '../agents/base-agent.ts';
import type { RoleCatalogue } from '../agents/role-catalogue.ts';
import type { Settings } from '../config/settings-schema.ts';
import type { EventData } from '../events/run-stream-events.ts';
import type { FileFormat } from '../files/file-format.ts';
import type { OwnRuns } from '../state/origin/own-runs.ts';
import type { EventStore } from '../state/store/event-store.ts';
import type { WorkflowDefinition } from '../workflows/workflow-schema.ts';
import type { Clock } from '../utils/clock.ts';
import type { Logger } from '../utils/logger.ts';
import type { AgentOrchestratorOptions } from './agent-orchestrator-options.ts';
import type { CallRights } from './call-rights.ts';
import type { AskPerson } from './decisions/person-desk.ts';
import type { OtherTools } from './other-tools.ts';
import type { RunModels } from './models/run-models.ts';
import type { MessageBus } from './message-bus.ts';
import type { EventListener } from './journal/run-journal.ts';
import type { StepKindRegistry } from './step-kinds/step-kind-registry.ts';

/** What a run is executed with: a team, its settings, a model and a journal. */
export interface RunEnvironment {
  settings: Settings;
  workspace: string;
  /** Absolute. */
  outputFolder: string;
  models: RunModels;
  /** What the run has chosen for those who name no model. Undefined: there was no choice. */
  routed?: EventData<'model.routed'> | undefined;
  /** Absolute: where measurements of models are kept. Default: nowhere. */
  cacheFolder?: string | undefined;
  store: EventStore;
  kinds: StepKindRegistry;
  roles: RoleCatalogue;
  /** A workflow that a step names. @throws MultiagentError `workflow.unknown`. */
  workflowNamed: (name: string) => WorkflowDefinition;
  /** Tools that others than this program have. */
  otherTools: OtherTools;
  /** All variables that a command of a step is given. */
  commandEnvironment: Record<string, string>;
  /** Absolute: where fetched packages are kept. */
  packagesFolder?: string | undefined;
  /** Absolute: where the person keeps skills of their own. Default: nowhere. */
  ownFolder?: string | undefined;
  /** Absolute: where is kept what was found out about the files of projects. Default: nowhere. */
  projectCacheFolder?: string | undefined;
  /** Called now and then while the project is read. */
  onReadingProject?: AgentOrchestratorOptions['onReadingProject'];
  agentOf: (role: string) => BaseAgent;
  bus: MessageBus;
  clock: Clock;
  logger: Logger;
  signal: AbortSignal;
  /** What happens when everything that is left of a run waits. `rest`: the run is released and can be resumed later. `stay`: this process keeps waiting. */
  whileWaiting: 'rest' | 'stay';
  /** Asks a person who is there. Absent: nobody is. */
  person?: AskPerson | undefined;
  /** What its agents may call. Default: what steps may. */
  calls: CallRights;
  /** Default: the built-in ones. */
  formats?: readonly FileFormat[] | undefined;
  onEvent?: EventListener | undefined;
  /** The record of which runs were started here. */
  ownRuns?: OwnRuns | undefined;
}

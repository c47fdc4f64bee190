import type { Task } from '../agents/task.ts';
import type { BaseAgent } from '../agents/base-agent.ts';
import type { InstructionStyle } from '../agents/task-session.ts';
import type { FileWriter } from '../files/file-writer.ts';
import type { ChatModel, Sampling } from '../llm/chat-model.ts';
import type { RemoteTeam } from '../llm/remote-team.ts';
import type { PromptEstimate } from '../llm/budget/estimate-tokens.ts';
import type { WorkflowDefinition } from '../workflows/workflow-schema.ts';
import type { Clock } from '../utils/clock.ts';
import type { Logger } from '../utils/logger.ts';
import type { RunJournal } from './journal/run-journal.ts';
import type { OtherTools } from './other-tools.ts';
import type { CallRights } from './call-rights.ts';
import type { RunCommands } from './run-commands.ts';
import type { SyntaxChecks } from './artifacts/syntax-checks.ts';
import type { ProjectFiles } from './checks/project-files.ts';
import type { WorkChecks } from './checks/work-checks.ts';
import type { RunPackages } from './packages/run-packages.ts';
import type { ExampleTrials } from './trials/example-trials.ts';
import type { CallRetries } from './call-retries.ts';
import type { ModelPrice } from '../llm/model-price.ts';
import type { ModelError } from '../llm/model-error.ts';

/** How a reply is sampled, and where it ends at the latest. */
export interface ReplyLimits {
  sampling: Sampling;
  /** Set by a person or the model's profile; final. */
  finalCap: number | undefined;
}

/** What decides which model a task asks. */
export interface ModelUser {
  role: string;
  taskType: string;
  /** What the step itself names. */
  model?: string | undefined;
  /** Only models on this machine may be asked. */
  private?: boolean | undefined;
}

/** How one task talks to its model. */
export interface RoleModel {
  /** As the settings call it; `default`: what the `llm_…` settings describe. */
  name: string;
  /** Whose server it has: models of one place share what the server holds, as far as they are the same. */
  place: string;
  price: ModelPrice;
  model: ChatModel;
  /** Does whole steps in its place. Absent: nobody does. */
  team?: RemoteTeam | undefined;
  /** What one request may hold; absent where the server does not tell. */
  contextTokens: number | undefined;
  limitsOf: (task: { taskType: string; expects: Task['expects']; sampling?: Record<string, unknown> | undefined }) => ReplyLimits;
  style: InstructionStyle;
  /** How often a file is asked for at most until nothing is found wrong with it. */
  attempts: number;
  /** How it changes long files. */
  edits: 'whole' | 'blocks';
  /** How it calls tools. */
  calls: 'native' | 'text';
  /** Whether the reasoning of earlier replies stands in later transcripts. */
  reasoning: 'leave_out' | 'keep';
  /** For servers that cannot count; it learns from what they tell. */
  estimate: PromptEstimate;
}

/** What the parts of one run share. */
export interface RunContext {
  run: string;
  journal: RunJournal;
  /** The team's constant system message. */
  preamble: (length: InstructionStyle['length']) => string;
  agentOf: (role: string) => BaseAgent;
  /** What a type of task gives, as its instructions say. Undefined: there are none, or they do not say it. */
  expectsOf: (taskType: string) => 'text' | 'files' | undefined;
  /** Of a task, by its record or by what decides it. @throws MultiagentError `model.unknown`, `model.not_connected`. */
  modelOf: (user: ModelUser | undefined) => RoleModel;
  files: FileWriter;
  /** The model that repairs what the team does not manage, as the settings call it; undefined: none does. */
  repairModel: string | undefined;
  /** What happens with files that do not parse. */
  fileCheck: 'report' | 'repair' | 'off';
  checks: SyntaxChecks;
  /** Tries what the requirement shows. */
  examples: ExampleTrials;
  /** Runs the tests and builds of what the team writes. */
  /** What checks see of the project. */
  project: ProjectFiles;
  workChecks: WorkChecks;
  /** What its checks and examples need of packages. */
  packages: RunPackages;
  /** Absolute: where the person keeps skills of their own; undefined: nowhere. */
  ownFolder: string | undefined;
  /** Tools that others than this program have. */
  otherTools: OtherTools;
  /** What its agents may call. */
  callRights: CallRights;
  /** For the commands of its steps and for its examples. */
  commands: RunCommands;
  /** A workflow by its name. @throws MultiagentError `workflow.unknown`. */
  workflowNamed: (name: string) => WorkflowDefinition;
  /** The content of a version of a file. */
  contentOf: (sha256: string) => Promise<Uint8Array | undefined>;
  /** Keeps content with the run, to be found by its hash. @returns the hash. */
  keepContent: (content: Uint8Array) => Promise<string>;
  callRetries: CallRetries;
  /** What stands in for models that are not available. */
  fallback: ModelFallback;
  retryDelayMilliseconds: number;
  taskTimeoutMilliseconds: number | undefined;
  clock: Clock;
  logger: Logger;
}

/** Who writes for a task. */
export interface Writer {
  role: RoleModel;
  /** It was lost before: its call is made once, and not repeated. */
  isTrial: boolean;
}

/** What stands in for models that cannot be asked. */
export interface ModelFallback {
  /**
   * Who writes for a task that is about to ask: its own model, unless that was lost and does not answer yet.
   * @returns `why`: something stands in, and why. `returned`: its own model is asked again after something stood in for it.
   */
  begin: (user: ModelUser, own: RoleModel, signal: AbortSignal) => Promise<Writer & { why?: string; returned?: true }>;
  /**
   * Who goes on after an error. After an overflow it has to be a model with a larger context.
   * @param tried The names of the models that have failed for this task, the one that failed last among them; more are added.
   * @returns `failed`: the spares that could not be connected.
   */
  after: (
    error: ModelError,
    options: { user: ModelUser; lost: RoleModel; tried: Set<string>; signal: AbortSignal },
  ) => Promise<{ found?: Writer | undefined; failed: { name: string; why: string }[] }>;
  succeeded: (role: RoleModel) => void;
}

/** What a program imports. Nothing else of this package is public. */
import process from 'node:process';
import { RoleCatalogue } from './agents/role-catalogue.ts';
import { loadSettings } from './config/load-settings.ts';
import { ownSettingsFolder } from './config/own-folders.ts';
import type { Settings } from './config/settings-schema.ts';
import { withKeysFrom } from './llm/providers/provider-keys.ts';

// Each line that begins with `// #` begins a page of docs/reference.

// # Running: the team, its workflows, and the runs that it works on
export { AgentOrchestrator } from './orchestrator/agent-orchestrator.ts';
export type { AgentOrchestratorOptions } from './orchestrator/agent-orchestrator-options.ts';
export type { ExecuteOptions, ExecuteWorkflowOptions, FollowRunOptions } from './orchestrator/execute-options.ts';
export type { RefineOptions } from './orchestrator/run/follow-up.ts';
export type { SingleTask } from './orchestrator/single-task-workflow.ts';
export type { SystemStatus } from './orchestrator/system-status.ts';
export type { EventListener } from './orchestrator/journal/run-journal.ts';
export { WorkflowEngine, type WorkflowContext } from './orchestrator/workflow-engine.ts';
export type { ProjectToRead, Workflow } from './orchestrator/workflow.ts';
export { startRun, type NewRun, type StartedRun } from './operations/start-run.ts';
export { startRuns, type StartedRuns } from './operations/start-runs.ts';
export { createRunId } from './utils/run-id.ts';
export { resumeRun, retryRun, rerunFrom, refineRun, type FollowUpOptions } from './operations/follow-up.ts';
export type { FollowUpHow, PreparedRun } from './orchestrator/run/plan-follow-up.ts';
export { answerQuery, type AgentAnswer, type AgentQuery } from './operations/answer-query.ts';
export { agentDuties, type AgentDuty } from './operations/agent-duties.ts';
export { readSpec, type ReadSpec } from './project/specs/read-spec.ts';

// # Runs: finding them, how they stand and what was said in them; ending, moving and removing them
export { withWorkspace, type Workspace, type WorkspacePlace } from './operations/workspace.ts';
export type { OwnRuns, RunOrigin } from './state/origin/own-runs.ts';
export { findRun } from './operations/find-run.ts';
export { listRuns } from './operations/list-runs.ts';
export type { ListedRun, ListRunsOptions } from './state/run/list-runs.ts';
export { showRun, type ShownRun, type StandingRun } from './operations/show-run.ts';
export type { RunFolders } from './orchestrator/journal/run-folders.ts';
export { followRun, type FollowedEvent, type FollowOptions } from './operations/follow-run.ts';
export { taskOfRun } from './operations/task-of-run.ts';
export { promptOfTask } from './operations/prompt-of-task.ts';
export { replyOfTask, reasoningOfTask } from './operations/reply-of-task.ts';
export { cancelRun, type CancelOutcome, type CancelRunOptions } from './operations/cancel-run.ts';
export { exportRun } from './operations/export-run.ts';
export type { RunArchive } from './state/archive/run-archive.ts';
export { importRun, type ImportedRun, type ImportRunOptions } from './operations/import-run.ts';
export type { RestoredFiles } from './operations/restore-files.ts';
export { removeRun, type RemovedRun } from './operations/remove-run.ts';
export type { RemovedFiles } from './operations/remove-files.ts';

// # Files: what a run wrote, bringing it into the project, and taking it back
export { filesOfRun, type FilesOfRun } from './operations/files-of-run.ts';
export type { FileVersion } from './orchestrator/artifacts/file-versions.ts';
export { verifyRun } from './operations/files-of-run.ts';
export type { VerifiedFile } from './orchestrator/artifacts/verify-files.ts';
export type { SeenFile } from './orchestrator/checks/seen-files.ts';
export { changesOfRun, type ChangedFile } from './operations/files-of-run.ts';
export { checkRun, type CheckRunOptions } from './operations/check-run.ts';
export { previewApply, type ApplyPreview, type PreviewApplyOptions } from './operations/apply-run.ts';
export type { ApplyPlan, ApplyConflict } from './project/changes/apply-files.ts';
export type { ConflictPlace } from './project/changes/merge-texts.ts';
export type { ProjectChange } from './project/changes/file-backups.ts';
export { applyRun, type AppliedRun, type ApplyRunOptions } from './operations/apply-run.ts';
export type { CommitResult } from './project/git/commit-files.ts';
export { undoApply } from './operations/undo-run.ts';
export type { TakenBack } from './project/changes/take-back.ts';
export { undoRun } from './operations/undo-run.ts';
export type { UndoPlan } from './orchestrator/artifacts/plan-undo.ts';
export type { UndoRunOptions } from './operations/undo-run.ts';
export { addWorktree, type AddWorktreeOptions } from './operations/git/worktree.ts';
export { unmarkWorktree } from './operations/git/worktree-mark.ts';
export { sweepWorktrees } from './operations/git/sweep-worktrees.ts';
export { commitWorktree, type CommittedWorktree } from './operations/git/commit-worktree.ts';

// # People: what a run asks them, and what they tell it
export { questionsOfRun } from './operations/decide-run.ts';
export type { OpenQuestion } from './orchestrator/decisions/open-questions.ts';
export { decideRun } from './operations/decide-run.ts';
export type { PersonDecision } from './orchestrator/decisions/judge-decision.ts';
export type { DecidedRun, DecideRunOptions } from './operations/decide-run.ts';
export type { AskedPerson, AskPerson } from './orchestrator/decisions/person-desk.ts';
export { signalRun, type SignalledRun } from './operations/signal-run.ts';
export { sayToRun, pauseRun, type SteerOptions } from './operations/steer-run.ts';
export { editStep, type EditedStep, type EditStepOptions } from './operations/edit-step.ts';

// # Sessions: conversations with an agent, turn by turn
export { beginSession, takeTurn } from './operations/take-turn.ts';
export { undoTurn, type TurnTakenBack } from './operations/undo-turn.ts';
export { listSessions, findSession, runOfTurn } from './operations/sessions.ts';
export { shortenSession, type ShortenedSession } from './operations/shorten-session.ts';
export { pinFacts } from './operations/pin-facts.ts';

// # Results: what a run gave, what it cost, and what left this machine
export type { WorkflowResult } from './orchestrator/results/run-result.ts';
export type { TaskResult, ResultFile } from './orchestrator/results/task-result.ts';
export type { CheckResult } from './orchestrator/results/check-result.ts';
export type { LedgerEntry, RunLedger } from './orchestrator/results/run-ledger.ts';
export type { CostResult } from './orchestrator/results/cost-result.ts';
export type { EgressResult } from './orchestrator/results/egress-result.ts';
export { egressOfRun, type Egress, type EgressToHost } from './state/run/egress-of-run.ts';
export { reportOfRun, type RunReport } from './operations/report/report-of-run.ts';
export { compareRuns, type ComparedRuns } from './operations/report/compare-runs.ts';

// # Agents: members of the team of your own, and what they say to each other
export { BaseAgent, type BaseAgentOptions, type AgentState, type AgentStatus } from './agents/base-agent.ts';
export type { Task } from './agents/task.ts';
export type { TaskSession, AskOptions, AgentReply, InstructionStyle } from './agents/task-session.ts';
export { MessageBus } from './orchestrator/message-bus.ts';
export type { AgentMessage, MessageCarrier } from './agents/base-agent.ts';

// # Tools: what models can call
export type { ProgramTool } from './tools/program-tool.ts';
export type { ToolParameters, ToolRisk } from './tools/tool.ts';
export { listTools, type ListedTool, type ToolList } from './operations/list-tools.ts';

// # Workflows: their definitions, and kinds of steps of your own
export type { WorkflowDefinition, WorkflowDefinitionInput } from './workflows/workflow-schema.ts';
export type { WorkflowExtensionInput } from './workflows/extend-definition.ts';
export { type WorkflowStep, type AgentStep, isAgentStep } from './workflows/workflow-schema.ts';
export type { StepKind, StepCall, StepNeeds } from './orchestrator/step-kind.ts';
export type { TaskOutcome } from './orchestrator/task-executor.ts';

// # Replies into files: how files are found in a reply, and written
export {
  FileWriter,
  type FileWriterOptions,
  type ParseOptions,
  type WriteBlocksOptions,
  type WriteFileOptions,
} from './files/file-writer.ts';
export type { FileBlock, UnnamedBlocks } from './files/file-blocks.ts';
export type { ArrivingFiles } from './files/arriving-files.ts';
export type { ManifestEntry } from './files/file-manifest.ts';
export type { WriteReport, WrittenFile } from './files/write-report.ts';
export type { WriteOutcome } from './files/disk/run-folder.ts';
export type { RemovedFile, RefusedBlock, BlockRefusalReason, Collision } from './files/write-report.ts';
export type { RenamedFile } from './files/names/moved-files.ts';
export type { UnplacedPiece } from './files/write-report.ts';
export { fileFormats } from './files/file-formats.ts';
export type { FileFormat, NamingFormat, PackingFormat, FileName, PackedFile, FileChange } from './files/file-format.ts';
export type { FencedBlock, FenceOpening } from './files/fenced-block.ts';
export { FileWriteError } from './files/write-report.ts';
export { RefusedPathError, type Refusal, type RefusalReason } from './files/disk/path-policy.ts';

// # Models: what writes the replies
export type { ChatModel, ChatRequest, ChatMessage } from './llm/chat-model.ts';
export type { ContentPart } from './events/content-part.ts';
export type { ChatStreamPart, FinishReason, Sampling } from './llm/chat-model.ts';
export type { Usage } from './events/usage.ts';
export type { CountOptions, PrepareOptions, Prepared, ModelCapabilities } from './llm/chat-model.ts';
export type { ModelConnection } from './llm/model-connection.ts';
export type { ModelServer } from './llm/server/model-server.ts';
export type { ConnectOptions } from './local-engine/connect-options.ts';
export type { ConnectServerOptions } from './llm/model-connection.ts';
export { ModelError, type ModelErrorKind, type ModelErrorOptions } from './llm/model-error.ts';

// # Events: what happens in a run, as it is recorded
export type { JournalEvent, KnownEvent, EventType, EventData, EventOf } from './events/run-stream-events.ts';
export type { ProgramEvent, ProgramEventType } from './events/program-event.ts';
export type { UnknownEvent } from './events/unknown-event.ts';
export type { Event } from './events/event.ts';
export { EventRegistry, standardEvents } from './events/event-registry.ts';
export type { EventDefinition, EventDefinitions } from './events/event-definition.ts';

// # State: what the journal knows about a run
export type { RunState, RunStatus, TaskRecord } from './state/run/run-state.ts';
export type { TurnMessage } from './events/content-part.ts';
export type {
  ActivityRecord,
  ReplyRecord,
  OtherActivityRecord,
  CallRecord,
  ArtifactRecord,
  RemovalRecord,
  RefusalRecord,
  CollisionRecord,
  CheckRecord,
  ErrorRecord,
} from './state/run/run-state.ts';

// # The journal: streams of events, and who may write to them
export type { EventStore, AppendOptions, NewEvent, Durability, StreamSummary } from './state/store/event-store.ts';
export type { StreamEnds, StreamEnd, ListEndsOptions } from './state/store/stream-ends.ts';
export {
  type Lease,
  type LeaseOwner,
  type AcquireLeaseOptions,
  LeaseHeldError,
  type Signal,
  type SendSignalOptions,
} from './state/store/event-store.ts';

// # The scheduler: which task is next
export { TaskManager, type TaskManagerOptions, type Decision } from './orchestrator/scheduling/task-manager.ts';
export type { ScheduledTask, PlacementPolicy } from './orchestrator/scheduling/scheduled-task.ts';

// # Errors, log and clock: what every part uses
export { MultiagentError, type MultiagentErrorOptions, type ErrorCategory } from './utils/multiagent-error.ts';
export type { Logger } from './utils/logger.ts';
export type { Clock } from './utils/clock.ts';

// # Settings: what decides how runs are worked on
export type { Settings, SettingsInput } from './config/settings-schema.ts';

/**
 * The settings that the command would use in this folder: defaults, then your own settings, `config.yaml` (or `path`), `.env` and the environment.
 * @throws MultiagentError `settings.invalid`, with every problem and its place.
 * @example
 * const team = new AgentOrchestrator({ workspace: folder, config: { ...loadConfig(), verify: 'off' } });
 * console.log(team.settings.verify); // off
 * await team.close();
 */
export function loadConfig(path?: string): Settings {
  const ownFolder = ownSettingsFolder(process.env);
  const rolesOf = (workspace: string) => new RoleCatalogue({ ownFolder, workspace }).declarations;
  const { settings } = loadSettings({ path, environment: process.env, directory: process.cwd(), ownFolder, rolesOf });
  return { ...settings, providers: withKeysFrom(settings.providers, process.env) };
}

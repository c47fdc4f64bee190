/** What a program imports. Nothing else of this package is public. */
import process from 'node:process';
import { RoleCatalogue } from './agents/role-catalogue.ts';
import { loadSettings } from './config/load-settings.ts';
import { ownSettingsFolder } from './config/own-folders.ts';
import type { Settings } from './config/settings-schema.ts';
import { withKeysFrom } from './llm/providers/provider-keys.ts';

export { agentDuties } from './operations/agent-duties.ts';
export type { AgentDuty } from './operations/agent-duties.ts';
export { answerQuery } from './operations/answer-query.ts';
export type { AgentAnswer, AgentQuery } from './operations/answer-query.ts';
export { applyRun, previewApply } from './operations/apply-run.ts';
export type { AppliedRun, ApplyPreview, ApplyRunOptions, PreviewApplyOptions } from './operations/apply-run.ts';
export { sweepWorktrees } from './operations/git/sweep-worktrees.ts';
export { unmarkWorktree } from './operations/git/worktree-mark.ts';
export { addWorktree } from './operations/git/worktree.ts';
export type { AddWorktreeOptions } from './operations/git/worktree.ts';
export { commitWorktree } from './operations/git/commit-worktree.ts';
export type { CommittedWorktree } from './operations/git/commit-worktree.ts';
export { cancelRun } from './operations/cancel-run.ts';
export type { CancelOutcome, CancelRunOptions } from './operations/cancel-run.ts';
export { checkRun } from './operations/check-run.ts';
export type { CheckRunOptions } from './operations/check-run.ts';
export { decideRun, questionsOfRun } from './operations/decide-run.ts';
export type { DecidedRun, DecideRunOptions } from './operations/decide-run.ts';
export { exportRun } from './operations/export-run.ts';
export { changesOfRun, filesOfRun, verifyRun } from './operations/files-of-run.ts';
export type { ChangedFile, FilesOfRun } from './operations/files-of-run.ts';
export { findRun } from './operations/find-run.ts';
export { followRun } from './operations/follow-run.ts';
export type { FollowedEvent, FollowOptions } from './operations/follow-run.ts';
export { refineRun, rerunFrom, resumeRun, retryRun } from './operations/follow-up.ts';
export type { FollowUpOptions } from './operations/follow-up.ts';
export { editStep } from './operations/edit-step.ts';
export type { EditedStep, EditStepOptions } from './operations/edit-step.ts';
export { importRun } from './operations/import-run.ts';
export type { ImportedRun, ImportRunOptions } from './operations/import-run.ts';
export { listRuns } from './operations/list-runs.ts';
export { listTools } from './operations/list-tools.ts';
export type { ListedTool, ToolList } from './operations/list-tools.ts';
export { promptOfTask } from './operations/prompt-of-task.ts';
export { compareRuns } from './operations/report/compare-runs.ts';
export type { ComparedRuns } from './operations/report/compare-runs.ts';
export { reportOfRun } from './operations/report/report-of-run.ts';
export type { RunReport } from './operations/report/report-of-run.ts';
export { removeRun } from './operations/remove-run.ts';
export type { RemovedRun } from './operations/remove-run.ts';
export { reasoningOfTask, replyOfTask } from './operations/reply-of-task.ts';
export { showRun } from './operations/show-run.ts';
export type { ShownRun, StandingRun } from './operations/show-run.ts';
export { signalRun } from './operations/signal-run.ts';
export type { SignalledRun } from './operations/signal-run.ts';
export { findSession, listSessions, runOfTurn } from './operations/sessions.ts';
export { pauseRun, sayToRun } from './operations/steer-run.ts';
export type { SteerOptions } from './operations/steer-run.ts';
export { startRun } from './operations/start-run.ts';
export { startRuns } from './operations/start-runs.ts';
export { beginSession, takeTurn } from './operations/take-turn.ts';
export type { StartedRuns } from './operations/start-runs.ts';
export type { NewRun, StartedRun } from './operations/start-run.ts';
export { taskOfRun } from './operations/task-of-run.ts';
export { undoApply, undoRun } from './operations/undo-run.ts';
export { shortenSession } from './operations/shorten-session.ts';
export type { ShortenedSession } from './operations/shorten-session.ts';
export { pinFacts } from './operations/pin-facts.ts';
export { undoTurn } from './operations/undo-turn.ts';
export type { TurnTakenBack } from './operations/undo-turn.ts';
export type { UndoRunOptions } from './operations/undo-run.ts';
export { withWorkspace } from './operations/workspace.ts';
export type { Workspace, WorkspacePlace } from './operations/workspace.ts';
export type { CommitResult } from './project/git/commit-files.ts';
export type { RemovedFiles } from './operations/remove-files.ts';
export type { RestoredFiles } from './operations/restore-files.ts';
export type { ApplyConflict, ApplyPlan } from './project/changes/apply-files.ts';
export type { ConflictPlace } from './project/changes/merge-texts.ts';
export type { ProjectChange } from './project/changes/file-backups.ts';
export type { TakenBack } from './project/changes/take-back.ts';
export type { FileVersion } from './orchestrator/artifacts/file-versions.ts';
export type { UndoPlan } from './orchestrator/artifacts/plan-undo.ts';
export type { VerifiedFile } from './orchestrator/artifacts/verify-files.ts';
export type { PersonDecision } from './orchestrator/decisions/judge-decision.ts';
export type { AskedPerson, AskPerson } from './orchestrator/decisions/person-desk.ts';
export type { OpenQuestion } from './orchestrator/decisions/open-questions.ts';
export type { SeenFile } from './orchestrator/checks/seen-files.ts';
export type { RunFolders } from './orchestrator/journal/run-folders.ts';
export type { FollowUpHow, PreparedRun } from './orchestrator/run/plan-follow-up.ts';
export type { RunArchive } from './state/archive/run-archive.ts';
export type { OwnRuns, RunOrigin } from './state/origin/own-runs.ts';
export type { ListedRun, ListRunsOptions } from './state/run/list-runs.ts';
export { AgentOrchestrator } from './orchestrator/agent-orchestrator.ts';
export type { AgentOrchestratorOptions } from './orchestrator/agent-orchestrator-options.ts';
export type { ExecuteOptions, ExecuteWorkflowOptions, FollowRunOptions } from './orchestrator/execute-options.ts';
export type { SingleTask } from './orchestrator/single-task-workflow.ts';
export type { SystemStatus } from './orchestrator/system-status.ts';
export type { RefineOptions } from './orchestrator/run/follow-up.ts';
export type { EventListener } from './orchestrator/journal/run-journal.ts';
export { WorkflowEngine } from './orchestrator/workflow-engine.ts';
export type { WorkflowContext } from './orchestrator/workflow-engine.ts';
export type { ProjectToRead, Workflow } from './orchestrator/workflow.ts';
export { egressOfRun } from './state/run/egress-of-run.ts';
export type { Egress, EgressToHost } from './state/run/egress-of-run.ts';
export type { CostResult } from './orchestrator/results/cost-result.ts';
export type { EgressResult } from './orchestrator/results/egress-result.ts';
export type { LedgerEntry, RunLedger } from './orchestrator/results/run-ledger.ts';
export type { CheckResult } from './orchestrator/results/check-result.ts';
export type { WorkflowResult } from './orchestrator/results/run-result.ts';
export type { ResultFile, TaskResult } from './orchestrator/results/task-result.ts';
export { TaskManager } from './orchestrator/scheduling/task-manager.ts';
export type { Decision, TaskManagerOptions } from './orchestrator/scheduling/task-manager.ts';
export type { PlacementPolicy, ScheduledTask } from './orchestrator/scheduling/scheduled-task.ts';
export { MessageBus } from './orchestrator/message-bus.ts';
export { BaseAgent } from './agents/base-agent.ts';
export type { AgentState, AgentStatus, BaseAgentOptions, MessageCarrier } from './agents/base-agent.ts';
export type { AgentMessage } from './agents/base-agent.ts';
export type { Task } from './agents/task.ts';
export type { AgentReply, AskOptions, InstructionStyle, TaskSession } from './agents/task-session.ts';
export { FileWriter } from './files/file-writer.ts';
export type { FileWriterOptions, ParseOptions, WriteBlocksOptions, WriteFileOptions } from './files/file-writer.ts';
export type { ArrivingFiles } from './files/arriving-files.ts';
export type { ManifestEntry } from './files/file-manifest.ts';
export { fileFormats } from './files/file-formats.ts';
export type { FileChange, FileFormat, FileName, NamingFormat, PackedFile, PackingFormat } from './files/file-format.ts';
export type { FencedBlock, FenceOpening } from './files/fenced-block.ts';
export type { FileBlock, UnnamedBlocks } from './files/file-blocks.ts';
export type { RenamedFile } from './files/names/moved-files.ts';
export { FileWriteError } from './files/write-report.ts';
export type {
  BlockRefusalReason,
  Collision,
  RefusedBlock,
  RemovedFile,
  UnplacedPiece,
  WriteReport,
  WrittenFile,
} from './files/write-report.ts';
export { RefusedPathError } from './files/disk/path-policy.ts';
export type { Refusal, RefusalReason } from './files/disk/path-policy.ts';
export type { WriteOutcome } from './files/disk/run-folder.ts';
export type {
  ActivityRecord,
  OtherActivityRecord,
  ReplyRecord,
  ArtifactRecord,
  CallRecord,
  CheckRecord,
  CollisionRecord,
  ErrorRecord,
  RefusalRecord,
  RemovalRecord,
  RunState,
  RunStatus,
  TaskRecord,
} from './state/run/run-state.ts';
export type {
  ChatMessage,
  ChatModel,
  ChatRequest,
  ChatStreamPart,
  CountOptions,
  FinishReason,
  ModelCapabilities,
  Prepared,
  PrepareOptions,
  Sampling,
} from './llm/chat-model.ts';
export type { ConnectServerOptions, ModelConnection } from './llm/model-connection.ts';
export type { ConnectOptions } from './local-engine/connect-options.ts';
export type { ModelServer } from './llm/server/model-server.ts';
export { ModelError } from './llm/model-error.ts';
export type { ModelErrorKind, ModelErrorOptions } from './llm/model-error.ts';
export { isAgentStep } from './workflows/workflow-schema.ts';
export type { AgentStep, WorkflowDefinition, WorkflowDefinitionInput, WorkflowStep } from './workflows/workflow-schema.ts';
export type { WorkflowExtensionInput } from './workflows/extend-definition.ts';
export type { ProgramTool } from './tools/program-tool.ts';
export type { ToolParameters, ToolRisk } from './tools/tool.ts';
export type { StepCall, StepKind, StepNeeds } from './orchestrator/step-kind.ts';
export type { TaskOutcome } from './orchestrator/task-executor.ts';
export type { Settings, SettingsInput } from './config/settings-schema.ts';
export { LeaseHeldError } from './state/store/event-store.ts';
export type {
  AcquireLeaseOptions,
  AppendOptions,
  Durability,
  EventStore,
  Lease,
  LeaseOwner,
  NewEvent,
  SendSignalOptions,
  Signal,
  StreamSummary,
} from './state/store/event-store.ts';
export type { ListEndsOptions, StreamEnd, StreamEnds } from './state/store/stream-ends.ts';
export { readSpec } from './project/specs/read-spec.ts';
export type { ReadSpec } from './project/specs/read-spec.ts';
export type { ContentPart, TurnMessage } from './events/content-part.ts';
export type { Usage } from './events/usage.ts';
export type { Event } from './events/event.ts';
export { EventRegistry, standardEvents } from './events/event-registry.ts';
export type { EventDefinition, EventDefinitions } from './events/event-definition.ts';
export type { ProgramEvent, ProgramEventType } from './events/program-event.ts';
export type { EventData, EventOf, EventType, JournalEvent, KnownEvent } from './events/run-stream-events.ts';
export type { UnknownEvent } from './events/unknown-event.ts';
export type { Clock } from './utils/clock.ts';
export type { Logger } from './utils/logger.ts';
export { MultiagentError } from './utils/multiagent-error.ts';
export type { ErrorCategory, MultiagentErrorOptions } from './utils/multiagent-error.ts';

/**
 * The settings that the command would use in this folder: defaults, then your own settings, `config.yaml` (or `path`), `.env` and the environment.
 * @throws MultiagentError `settings.invalid`, with every problem and its place.
 */
export function loadConfig(path?: string): Settings {
  const ownFolder = ownSettingsFolder(process.env);
  const rolesOf = (workspace: string) => new RoleCatalogue({ ownFolder, workspace }).declarations;
  const { settings } = loadSettings({ path, environment: process.env, directory: process.cwd(), ownFolder, rolesOf });
  return { ...settings, providers: withKeysFrom(settings.providers, process.env) };
}

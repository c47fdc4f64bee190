/** What a program imports. Nothing else of this package is public. */
import process from 'node:process';
import { loadSettings } from './config/load-settings.ts';
import type { Settings } from './config/settings-schema.ts';

export { AgentOrchestrator } from './orchestrator/agent-orchestrator.ts';
export type { AgentOrchestratorOptions } from './orchestrator/agent-orchestrator-options.ts';
export type { CheckOptions, ExecuteOptions, FollowRunOptions } from './orchestrator/execute-options.ts';
export type { SingleTask } from './orchestrator/single-task-workflow.ts';
export type { SystemStatus } from './orchestrator/system-status.ts';
export type { RefineOptions } from './orchestrator/run/follow-up.ts';
export { WorkflowEngine } from './orchestrator/workflow-engine.ts';
export type { WorkflowContext } from './orchestrator/workflow-engine.ts';
export type { Workflow } from './orchestrator/workflow.ts';
export type { TaskResult, WorkflowResult } from './orchestrator/results/run-result.ts';
export { TaskManager } from './orchestrator/scheduling/task-manager.ts';
export type { Decision, TaskManagerOptions } from './orchestrator/scheduling/task-manager.ts';
export type { PlacementPolicy, ScheduledTask } from './orchestrator/scheduling/scheduled-task.ts';
export { MessageBus } from './orchestrator/message-bus.ts';
export { BaseAgent } from './agents/base-agent.ts';
export type { AgentState, AgentStatus, BaseAgentOptions } from './agents/base-agent.ts';
export type { AgentMessage } from './agents/agent-message.ts';
export type { Task } from './agents/task.ts';
export type { AgentReply, AskOptions, InstructionStyle, TaskSession } from './agents/task-session.ts';
export { FileWriter } from './files/file-writer.ts';
export type { FileWriterOptions, ParseOptions, WriteBlocksOptions, WriteFileOptions } from './files/file-writer.ts';
export { fileFormats } from './files/file-formats.ts';
export type { FileChange, FileFormat, FileName, NamingFormat, PackedFile, PackingFormat } from './files/file-format.ts';
export type { FencedBlock } from './files/scan/fenced-block.ts';
export type { FileBlock } from './files/file-blocks.ts';
export { FileWriteError } from './files/write-report.ts';
export type { Collision, RefusedBlock, WriteReport, WrittenFile } from './files/write-report.ts';
export type { RunState } from './state/run/run-state.ts';
export type { ChatMessage, ChatModel, ChatRequest, ChatStreamPart, CountOptions, Sampling } from './llm/chat-model.ts';
export { ModelError } from './llm/model-error.ts';
export type { WorkflowDefinition, WorkflowDefinitionInput, WorkflowStep } from './workflows/workflow-schema.ts';
export type { Settings, SettingsInput } from './config/settings-schema.ts';
export type { EventStore } from './state/store/event-store.ts';
export type { Usage } from './events/usage.ts';
export type { Event } from './events/event.ts';
export type { KnownEvent } from './events/event-registry.ts';
export { MultiagentError } from './utils/multiagent-error.ts';

/**
 * The settings that the command would use in this folder: defaults, then `config.yaml` (or `path`), then `.env` and the environment.
 * @throws MultiagentError `settings.invalid`, with every problem and where it stands.
 */
export function loadConfig(path?: string): Settings {
  return loadSettings({ path, environment: process.env, directory: process.cwd() }).settings;
}

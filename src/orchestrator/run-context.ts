import type { BaseAgent } from '../agents/base-agent.ts';
import type { InstructionStyle } from '../agents/task-session.ts';
import type { FileWriter } from '../files/file-writer.ts';
import type { ChatModel, Sampling } from '../llm/chat-model.ts';
import type { Clock } from '../utils/clock.ts';
import type { Logger } from '../utils/logger.ts';
import type { RunJournal } from './run-journal.ts';

/** How one role talks to its model. */
export interface RoleModel {
  model: ChatModel;
  sampling: Sampling;
  style: InstructionStyle;
  /** Set by a person or the model's profile; final. */
  finalCap: number | undefined;
}

/** What the parts of one run share. */
export interface RunContext {
  run: string;
  journal: RunJournal;
  /** The team's constant system message. */
  preamble: (length: InstructionStyle['length']) => string;
  agentOf: (role: string) => BaseAgent;
  modelOf: (role: string) => RoleModel;
  files: FileWriter;
  /** What one request may hold; absent where the server does not tell. */
  contextTokens: number | undefined;
  callRetries: number;
  retryDelayMilliseconds: number;
  taskTimeoutMilliseconds: number | undefined;
  clock: Clock;
  logger: Logger;
}

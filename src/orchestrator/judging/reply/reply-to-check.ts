import type { RunMaterial } from '../../../agents/plans/run-material.ts';
import type { AgentReply } from '../../../agents/task-session.ts';
import type { BrokenFile } from '../broken-file.ts';
import type { KeptReply } from '../../conversation/keep-reply.ts';
import type { StepOptions } from '../../step-kind.ts';

/** The reply to a message that asks for all of a step, once it is kept. */
export interface ReplyToCheck {
  step: StepOptions;
  /** What stood before the step. */
  material: RunMaterial;
  /** What the agent was told. */
  message: string;
  reply: AgentReply;
  kept: KeptReply;
  /** An earlier reply to this try of the step gave files that were kept. */
  gaveBefore: boolean;
  /** Files of the project that the task was shown, or was told why not, before this reply. */
  told: ReadonlySet<string>;
  /** Files of the task that do not parse. */
  broken: readonly BrokenFile[];
}

/** How files are to be given. Corrections say it without an example that a small model could answer instead. */
export const fileFormat = 'in a fenced code block of its own whose info string is the language, a colon and the path of the file';

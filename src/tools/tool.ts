import type { z } from 'zod';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { OutputGap } from './output/cut-output.ts';
import type { OutputLimits } from './output/output-limits.ts';

/** What a call can do: look at the project, change it, run a program on it, or reach other machines. */
export type ToolRisk = 'read' | 'write' | 'execute' | 'network';

/** The arguments of a tool: strings, numbers, booleans and choices between strings, in the order in which a call in text gives them. */
export type ToolParameters = z.ZodObject;

/** Something that a model can ask for. Whatever it says in the arguments is input: the tool checks each path, name and text before it uses it. */
export interface Tool<Parameters extends ToolParameters = ToolParameters> {
  /** As a model calls it: lower case, with `_`. */
  readonly name: string;
  /** One or two sentences that a small model understands. */
  readonly description: string;
  /** A call in text as it may stand in a reply. A model takes it for its pattern, so it has only the arguments that are usually wanted. */
  readonly example: string;
  readonly parameters: Parameters;
  risk(given: z.output<Parameters>): ToolRisk;
  /**
   * Ends soon after `context.signal` is aborted. What the model can mend is a result with `isError`.
   * @throws MultiagentError, whose message and hint the model is told.
   */
  execute(given: z.output<Parameters>, context: ToolContext): Promise<ToolResult>;
}

/** What a call works on, and how far it may go. */
export interface ToolContext {
  /** Absolute: the project's folder. Every path of a call is relative to it. */
  workspace: string;
  /** Absolute: the project itself, only to be looked at. It is `workspace`, or what that is a copy of, without its secrets; `workspace` again if a run knows no project. */
  project: string;
  signal: AbortSignal;
  /** Where commands run. Without a usable one none does. */
  sandbox: Sandbox;
  /** What commands reach. */
  network: 'none' | 'machine';
  /** The variables of commands and of Git. Those that look like secrets are not passed on. */
  environment: Readonly<Record<string, string>>;
  /** Values that never appear in what a command printed. */
  secrets: readonly string[];
  /** How long one call may take. */
  callMilliseconds: number;
  /** How much of a result a model gets to see. */
  output: OutputLimits;
}

export interface ToolResult {
  /** What the model gets: text that is safe to show. */
  output: string;
  isError: boolean;
  /** Of the command that was run. Absent if none was, or if it was ended by force. */
  exitCode?: number;
  /** What programs want to know of the result beside its text. */
  metadata: Readonly<Record<string, MetadataValue>>;
  /** What was left out of `output`. Absent: nothing. */
  cut?: OutputGap;
}

export type MetadataValue = string | number | boolean;

/** A result that tells the model what it did wrong, or what was in its way. @param message Sentences. */
export function errorResult(message: string, metadata: ToolResult['metadata'] = {}): ToolResult {
  return { output: message, isError: true, metadata };
}

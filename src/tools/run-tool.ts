import { MultiagentError } from '../utils/multiagent-error.ts';
import { decide } from './policy/decide.ts';
import type { Permissions } from './policy/permissions.ts';
import { type AskedCall, type PreparedCall, prepareCall } from './prepare-call.ts';
import { errorResult, type ToolContext, type ToolResult } from './tool.ts';
import type { ToolRegistry } from './tool-registry.ts';

export interface RunToolOptions {
  registry: ToolRegistry;
  permissions: Permissions;
  context: ToolContext;
  /** Asks the person about a call that nothing allows yet. It may take its time. */
  ask: (call: PreparedCall) => Promise<'allow' | 'refuse'>;
}

/** A tool that has been told to stop gets so long to end what it started. */
const graceMilliseconds = 5000;

/**
 * Makes one call of a model. Whatever is wrong with it, and whatever it meets, is a result that the model can be told.
 * @throws what the signal of the context was aborted with; whatever a tool throws that is no MultiagentError: a defect.
 */
export async function runTool(asked: AskedCall, { registry, permissions, context, ask }: RunToolOptions): Promise<ToolResult> {
  context.signal.throwIfAborted();
  const prepared = prepareCall(registry, asked);
  if (prepared.kind === 'unusable') return prepared.result;
  const { call } = prepared;
  const answer = decide(call, permissions);
  const decided = answer === 'ask' ? await ask(call) : answer;
  context.signal.throwIfAborted();
  if (decided === 'refuse') return refused(call.tool, answer === 'ask' ? 'The person did not allow it' : 'It is not allowed here');
  return execute(call, context);
}

function refused(tool: string, why: string): ToolResult {
  return errorResult(`${tool} was not run. ${why}: go on without it, or say what you need it for.`, { problem: 'refused' });
}

/** Never takes much longer than the time that a call may take, whatever the tool does. */
async function execute({ tool, arguments: given, execute: run }: PreparedCall, context: ToolContext): Promise<ToolResult> {
  const { callMilliseconds } = context;
  const overdue = new AbortController();
  const signal = AbortSignal.any([context.signal, overdue.signal]);
  const lost = Promise.withResolvers<'lost'>();
  const giveUp = () => void setTimeout(() => lost.resolve('lost'), graceMilliseconds).unref();
  // A command has the same limit, and ends by it with what it printed until then.
  const timer = setTimeout(() => overdue.abort(), callMilliseconds + graceMilliseconds);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const result = await Promise.race([run(given, { ...context, signal }), lost.promise]);
    context.signal.throwIfAborted();
    return result === 'lost' ? outOfTime(tool, callMilliseconds) : result;
  } catch (error) {
    context.signal.throwIfAborted();
    if (overdue.signal.aborted) return outOfTime(tool, callMilliseconds);
    if (!(error instanceof MultiagentError)) throw error;
    const { code, message, hint } = error;
    return errorResult(hint === undefined ? message : `${message}\n${hint}`, { problem: 'failed', code });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

function outOfTime(tool: string, milliseconds: number): ToolResult {
  return errorResult(`${tool} did not end within ${milliseconds / 1000} seconds and was stopped.`, { problem: 'timed_out' });
}

import { callTroubleIn } from '../dialects/call-troubles.ts';
import { ModelError } from '../model-error.ts';
import type { ToolDescription } from '../tool-description.ts';
import { answeredIn } from './classify-model-error.ts';

const hint = 'Set calls: text for this model in model_profiles: it then calls tools in its text.';

/**
 * What a request with tools failed of, where it is about these: `model.call_unreadable`, the model has written a call that its server cannot read;
 * `model.tools_refused`, the model cannot be offered tools there, and without them the request is fine. Undefined: something else.
 */
export function callFailure(error: ModelError, tools: readonly ToolDescription[] | undefined): ModelError | undefined {
  if (tools === undefined || tools.length === 0 || error.kind === 'overflow') return undefined;
  const said = answeredIn(error.cause)?.answer.said;
  const trouble = said === undefined ? undefined : callTroubleIn(said);
  if (trouble === undefined) return undefined;
  if (trouble === 'refused') return toolsRefused(error.message, error);
  return new ModelError({ kind: 'misbehaviour', code: 'model.call_unreadable', message: error.message, hint, cause: error });
}

/** @param message A sentence for people. */
export function toolsRefused(message: string, cause?: unknown): ModelError {
  return new ModelError({ kind: 'configuration', code: 'model.tools_refused', message, hint, cause });
}

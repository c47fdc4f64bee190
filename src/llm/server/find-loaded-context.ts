import type { Answer } from './ask-json.ts';
import { valueAt } from '../../utils/value-at.ts';

export interface LoadedContextOptions {
  /** Asks the server for a path below its root. */
  ask: (path: string) => Promise<Answer>;
  /** What `/v1/models` lists. */
  listed: unknown[];
  /** The model that is to be used. */
  model: string;
}

/**
 * The context that a server which is no llama-server has loaded a model with: vLLM lists it with its models, LM Studio and Ollama tell it at paths of
 * their own. Never the length that the model was trained for. Undefined where the server does not tell, or has not loaded the model yet.
 */
export async function findLoadedContext({ ask, listed, model }: LoadedContextOptions): Promise<number | undefined> {
  return (
    contextIn(listed, 'id', model, 'max_model_len') ??
    contextIn(await list(ask('/api/v0/models'), 'data'), 'id', model, 'loaded_context_length') ??
    contextIn(await list(ask('/api/ps'), 'models'), 'name', model, 'context_length')
  );
}

async function list(asked: Promise<Answer>, key: string): Promise<unknown[]> {
  const answer = await asked;
  const found = answer.kind === 'answered' && answer.status === 200 ? valueAt(answer.body, [key]) : undefined;
  return Array.isArray(found) ? found : [];
}

function contextIn(entries: unknown[], nameKey: string, model: string, contextKey: string): number | undefined {
  const context = valueAt(
    entries.find((entry) => isNamed(valueAt(entry, [nameKey]), model)),
    [contextKey],
  );
  return typeof context === 'number' && Number.isSafeInteger(context) && context > 0 ? context : undefined;
}

/** Ollama takes a name without a tag for the one with `:latest`. */
function isNamed(name: unknown, model: string): boolean {
  return name === model || name === `${model}:latest`;
}

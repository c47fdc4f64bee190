import type { EventData } from '../../events/run-stream-events.ts';
import { shortModelName } from '../../llm/server/model-key.ts';

/** Which model a run uses, where, and how much it holds. */
export function modelSentence(model: EventData<'run.started'>['model']): string {
  const context = model.contextTokens === undefined ? '' : `, ${model.contextTokens} tokens of context`;
  return `Model ${shortModelName(model.name)} on ${modelPlace(model)}${context}`;
}

/** Where a run's model is, for a sentence. */
export function modelPlace({ engine, address, servers = [] }: EventData<'run.started'>['model']): string {
  if (engine === 'embedded') return 'the embedded engine';
  return servers.length > 1 ? `${servers.length} servers (${servers.map((server) => server.address).join(', ')})` : address;
}

import { askJson } from '../../llm/server/ask-json.ts';
import { serverRoot } from '../../llm/server/server-root.ts';

export interface AskServerOptions {
  /** With `/v1`. */
  address: string;
  apiKey?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Servers answer such questions at once, or do not know them. */
const timeoutMilliseconds = 3000;

/** What a server answers to a question beside the shared protocol; undefined where it does not know it. @throws the signal's reason. */
export async function askServer(path: string, { address, apiKey, signal }: AskServerOptions): Promise<unknown> {
  const answer = await askJson(`${serverRoot(address)}${path}`, { apiKey, signal, timeoutMilliseconds });
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300 ? answer.body : undefined;
}

import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { askJson } from '../../llm/server/ask-json.ts';
import { serverRoot } from '../../llm/server/model-server.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import { type GgufHeader, readGgufHeader } from '../../local-engine/machine/gguf-header.ts';

export interface AskServerOptions {
  /** With `/v1`. */
  address: string;
  apiKey?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Servers answer such questions at once, or do not know them. */
const timeoutMilliseconds = 3000;

/** A server's answer to a request outside the shared protocol; undefined where it does not know the request. @throws the signal's reason. */
async function askServer(path: string, { address, apiKey, signal }: AskServerOptions): Promise<unknown> {
  const answer = await askJson(`${serverRoot(address)}${path}`, { apiKey, signal, timeoutMilliseconds });
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300 ? answer.body : undefined;
}

/** Which program serves the shared protocol, found out by a request that only this program knows. */
export interface ServerIdentity {
  name: 'Ollama' | 'LM Studio';
  release?: string | undefined;
}

const ollamaVersion = z.object({ version: z.string() });
const studioModels = z.object({ data: z.array(z.object({ id: z.string(), state: z.string() })) });

/** @returns undefined for a server that is neither. @throws only the signal's reason. */
export async function identifyServer(options: AskServerOptions): Promise<ServerIdentity | undefined> {
  const [version, listed] = await Promise.all(['/api/version', '/api/v0/models'].map((path) => askServer(path, options)));
  if (studioModels.safeParse(listed).success) return { name: 'LM Studio' };
  const release = ollamaVersion.safeParse(version).data?.version;
  return release === undefined ? undefined : { name: 'Ollama', release };
}

/** What a llama-server reports beyond what a run needs, and what its model file says. Absent: unknown. */
export interface ServerFacts {
  /** The context, in tokens, that the model was trained for. */
  trainedContext?: number | undefined;
  modelBytes?: number | undefined;
  chatTemplate?: string | undefined;
  /** Whether tokens are drafted ahead of the model. */
  drafting?: 'on' | 'off' | undefined;
  /** Only if the server's model file can be read from here. */
  header?: GgufHeader | undefined;
}

const count = z.number().positive().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const properties = z.object({ model_path: text, chat_template: text });
const slots = z.array(z.object({ speculative: z.boolean() }));
const models = z.object({ data: z.array(z.object({ meta: z.object({ n_ctx_train: count, size: count }).optional().catch(undefined) })) });

/** @throws only the signal's reason. */
export async function readServerFacts(options: AskServerOptions): Promise<ServerFacts> {
  const [answeredProperties, answeredModels, answeredSlots] = await Promise.all(
    ['/props', '/v1/models', '/slots'].map((path) => askServer(path, options)),
  );
  const props = properties.safeParse(answeredProperties).data;
  const slot = slots.safeParse(answeredSlots).data?.[0];
  const meta = models.safeParse(answeredModels).data?.data[0]?.meta;
  const path = props?.model_path;
  const isReadable = path !== undefined && isAbsolute(path) && isLoopbackAddress(options.address);
  return {
    trainedContext: meta?.n_ctx_train,
    modelBytes: meta?.size,
    chatTemplate: props?.chat_template,
    drafting: slot === undefined ? undefined : slot.speculative ? 'on' : 'off',
    header: !isReadable ? undefined : await readGgufHeader(path).catch(() => undefined),
  };
}

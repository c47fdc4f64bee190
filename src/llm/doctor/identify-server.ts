import * as z from 'zod';
import { type AskServerOptions, askServer } from './ask-server.ts';

/** Whose server it is that speaks the shared protocol, found out by what only this one knows. */
export interface ServerIdentity {
  name: 'Ollama' | 'LM Studio';
  release?: string | undefined;
  /** Tokens that the model which is loaded holds. */
  contextTokens?: number | undefined;
}

const count = z.number().positive().optional().catch(undefined);
const ollamaVersion = z.object({ version: z.string() });
const ollamaLoaded = z.object({ models: z.array(z.object({ name: z.string().optional().catch(undefined), context_length: count })) });
const studioModels = z.object({
  data: z.array(z.object({ id: z.string(), state: z.string(), loaded_context_length: count, max_context_length: count })),
});

/** @param model The one that is used. @returns undefined for a server that is neither. @throws only the signal's reason. */
export async function identifyServer(options: AskServerOptions, model: string): Promise<ServerIdentity | undefined> {
  const [version, loaded, listed] = await Promise.all(
    ['/api/version', '/api/ps', '/api/v0/models'].map((path) => askServer(path, options)),
  );
  const studio = studioModels.safeParse(listed).data?.data;
  if (studio !== undefined) {
    const running = studio.filter(({ state }) => state === 'loaded');
    return { name: 'LM Studio', contextTokens: (running.find(({ id }) => id === model) ?? running[0])?.loaded_context_length };
  }
  const release = ollamaVersion.safeParse(version).data?.version;
  if (release === undefined) return undefined;
  const running = ollamaLoaded.safeParse(loaded).data?.models ?? [];
  return { name: 'Ollama', release, contextTokens: (running.find(({ name }) => name === model) ?? running[0])?.context_length };
}

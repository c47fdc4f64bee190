import { z } from 'zod';
import { type AskServerOptions, askServer } from './ask-server.ts';

/** Whose server it is that speaks the shared protocol, found out by what only this one knows. */
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

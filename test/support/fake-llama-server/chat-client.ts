import type { FakeLlamaServerOptions } from './options.ts';
import { startFakeLlamaServer, type FakeLlamaServer } from './start-fake-llama-server.ts';

/** The small client that the fake's own tests speak to it with. */

export interface Message {
  role: string;
  content: string;
}

export interface Event {
  choices?: { delta: { role?: string; content?: string | null; reasoning_content?: string }; finish_reason: string | null }[];
  error?: { code: number; message: string };
  prompt_progress?: { total: number; cache: number; processed: number };
  usage?: { prompt_tokens: number; completion_tokens: number; prompt_tokens_details: { cached_tokens: number } };
  timings?: { cache_n: number; prompt_n: number };
}

export const system: Message = { role: 'system', content: 'You are a team.' };
export const user: Message = {
  role: 'user',
  content: '# Requirement\nA list.\n\n# Step 1 of 6: requirements_analysis\nYou act as the Business Analyst.',
};
export const transcript = [system, user];

export async function start(options: FakeLlamaServerOptions = {}): Promise<FakeLlamaServer> {
  return await startFakeLlamaServer({ reply: () => 'One two three.', ...options });
}

export async function post(server: FakeLlamaServer, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return await fetch(server.origin + path, { method: 'POST', body: JSON.stringify(body), ...(signal === undefined ? {} : { signal }) });
}

export async function chat(server: FakeLlamaServer, messages: Message[], more: Record<string, unknown> = {}): Promise<string> {
  const response = await post(server, '/v1/chat/completions', { messages, stream: true, ...more });
  return await response.text();
}

export function eventsOf(body: string): Event[] {
  const lines = body.split('\n\n').filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]');
  return lines.map((line) => JSON.parse(line.slice('data: '.length)) as Event);
}

export function textOf(body: string): string {
  return eventsOf(body)
    .map((event) => event.choices?.[0]?.delta.content ?? '')
    .join('');
}

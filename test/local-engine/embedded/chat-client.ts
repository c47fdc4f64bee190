/** Talks to an embedded server in tests as any OpenAI client would: over HTTP, knowing only the address. */

interface Timings {
  cache_n: number;
  prompt_n: number;
  prompt_ms: number;
  predicted_n: number;
  predicted_ms: number;
  predicted_per_second: number;
}

interface Usage {
  completion_tokens: number;
  prompt_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number };
}

export interface Completion {
  id: string;
  object: string;
  choices: { finish_reason: string; index: number; message: { role: string; content: string } }[];
  usage: Usage;
  timings: Timings;
}

export interface Chunk {
  id: string;
  object: string;
  choices: { finish_reason: string | null; index: number; delta: { role?: string; content?: string | null } }[];
  usage?: Usage;
  timings?: Timings;
  prompt_progress?: { total: number; cache: number; processed: number; time_ms: number };
}

export interface Message {
  role: string;
  content: unknown;
}

export const system = (content: string): Message => ({ role: 'system', content });
export const user = (content: string): Message => ({ role: 'user', content });
export const assistant = (content: string): Message => ({ role: 'assistant', content });

/** The tiny model never ends its reply to this. */
export const endless = [user('hi')];

const requirement = '# Requirement\n\nA coupon store in Python\n\n';
export const steps = [
  ['requirements_analysis', 'Business Analyst'],
  ['architecture_design', 'Developer'],
  ['implementation', 'Developer'],
  ['testing', 'QA Engineer'],
].map(([task, role], index) => `# Step ${index + 1} of 6: ${task}\n\nYou act as the ${role}.`);
export const firstStep = [system('You are a software team.'), user(requirement + steps[0])];

export class ChatClient {
  readonly root: string;

  constructor(address: string) {
    this.root = new URL('/', address).href;
  }

  async get(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(this.root + path);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(this.root + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async chat(body: Record<string, unknown>): Promise<Completion> {
    const answer = await this.post('v1/chat/completions', { temperature: 0, max_tokens: 20, ...body });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body as unknown as Completion;
  }

  /** Yields the data of every event, the last one being the text `[DONE]`. */
  async *stream(body: Record<string, unknown>, signal?: AbortSignal): AsyncGenerator<Chunk | '[DONE]'> {
    const response = await fetch(`${this.root}v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ temperature: 0, max_tokens: 20, ...body, stream: true }),
      signal: signal ?? null,
    });
    if (response.body === null || response.status !== 200) throw new Error(await response.text());
    let held = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const events = (held + text).split('\n\n');
      held = events.pop() ?? '';
      for (const event of events) {
        const data = event.slice('data: '.length);
        yield data === '[DONE]' ? data : (JSON.parse(data) as Chunk);
      }
    }
  }
}

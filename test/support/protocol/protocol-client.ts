/** A server as any client sees it: an address and JSON. Keeps no state and knows no server's internals. */

export type Json = Record<string, unknown>;

export interface Answer {
  status: number;
  contentType: string;
  body: Json;
}

export interface StreamedReply {
  status: number;
  /** Every event's data in order, `[DONE]` included. */
  events: (Json | '[DONE]')[];
  text: string;
}

export class ProtocolClient {
  /** Without `/v1` and without a slash at the end. */
  readonly origin: string;

  constructor(address: string) {
    this.origin = new URL(address).origin;
  }

  async get(path: string): Promise<Answer> {
    return this.#answer(await fetch(this.origin + path));
  }

  /** A text is sent as it is. */
  async post(path: string, body: unknown): Promise<Answer> {
    return this.#answer(await fetch(this.origin + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }));
  }

  /** One chat, not streamed; greedy, at most 8 tokens unless told otherwise. */
  chat(body: Json): Promise<Answer> {
    return this.post('/v1/chat/completions', { temperature: 0, max_tokens: 8, ...body });
  }

  async stream(body: Json): Promise<StreamedReply> {
    const response = await this.openStream(body);
    const text = await response.text();
    return { status: response.status, ...readStream(text) };
  }

  /** The raw response of a streamed chat. */
  openStream(body: Json, signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.origin}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ temperature: 0, max_tokens: 8, ...body, stream: true }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async #answer(response: Response): Promise<Answer> {
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: (await response.json()) as Json,
    };
  }
}

/** The events of a raw stream, and the reply's text. */
export function readStream(raw: string): Pick<StreamedReply, 'events' | 'text'> {
  const events = raw
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => block.slice('data: '.length))
    .map((data) => (data === '[DONE]' ? data : (JSON.parse(data) as Json)));
  const pieces = events.map((event) => (event === '[DONE]' ? undefined : at(event, 'choices', 0, 'delta', 'content')));
  const text = pieces.filter((piece) => typeof piece === 'string').join('');
  return { events, text };
}

/** Follows keys and indexes into something unknown. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let current = value;
  for (const key of path) current = (current as Record<string | number, unknown> | null | undefined)?.[key];
  return current;
}

import { parseJson } from '../../utils/parse-json.ts';

/** What a llama-server's own completion tells while it reads, as far as it is used here. */
export interface CompletionEvent {
  id_slot?: number;
  stop?: boolean;
  prompt_progress?: { processed?: number; cache?: number };
  timings?: { prompt_n?: number; cache_n?: number; prompt_ms?: number; predicted_n?: number; predicted_ms?: number };
}

/** The events of a stream; what is no event is passed over. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<CompletionEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = line.startsWith('data: {') ? (parseJson(line.slice('data: '.length)) as CompletionEvent | undefined) : undefined;
      if (event !== undefined) yield event;
    }
  }
}

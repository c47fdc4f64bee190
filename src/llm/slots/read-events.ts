import { textPieces } from '../server/bounded-text.ts';
import { readServerEvents } from '../server/read-server-events.ts';
import { parseJson } from '../../utils/parse-json.ts';

/** What a llama-server's own completion tells while it reads, as far as it is used here. */
export interface CompletionEvent {
  id_slot?: number;
  stop?: boolean;
  prompt_progress?: { processed?: number; cache?: number };
  timings?: { prompt_n?: number; cache_n?: number; prompt_ms?: number; predicted_n?: number; predicted_ms?: number };
}

/** The events of a stream; what is no event is passed over. */
export async function* readEvents(response: Response): AsyncGenerator<CompletionEvent> {
  for await (const { data } of readServerEvents(textPieces(response))) {
    const event = data.startsWith('{') ? (parseJson(data) as CompletionEvent | undefined) : undefined;
    if (event !== undefined) yield event;
  }
}

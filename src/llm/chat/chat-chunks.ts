import { ModelError } from '../model-error.ts';
import { AnsweredError, mostOfAnswer, serverAnswer, tellsOfTrouble } from '../server/server-answer.ts';
import { boundedText, textPieces } from '../server/bounded-text.ts';
import { readServerEvents } from '../server/read-server-events.ts';
import { sentence } from './classify-model-error.ts';
import { parseJson } from '../../utils/parse-json.ts';
import type { ChatChunk } from './chat-chunk.ts';

/** `done`: the server says that nothing more will come. */
export type ChunkOrEnd = ChatChunk | 'done';

/** The form of an answer by its content type. Any other type may still be a stream of events. */
const forms: readonly { type: RegExp; form: 'whole' | 'none' }[] = [
  { type: /^application\/(?:problem\+)?json\b/i, form: 'whole' },
  { type: /^(?:text\/(?:html|css|xml|javascript)|image\/|audio\/|video\/|font\/|application\/(?:xhtml|xml|pdf|zip|gzip))/i, form: 'none' },
];

/**
 * The chunks of a reply, from a stream of events, or from an answer in one piece if the server does not stream.
 * @param who The server, as within a sentence.
 * @throws AnsweredError if the server reports trouble instead of a chunk; ModelError `server.not_streaming` if the answer is something else.
 */
export async function* chatChunks(response: Response, who: string): AsyncGenerator<ChunkOrEnd> {
  const type = response.headers.get('content-type') ?? '';
  const form = forms.find((row) => row.type.test(type))?.form;
  if (form === 'none') {
    await response.body?.cancel();
    throw notStreaming(type, who);
  }
  if (form === 'whole') yield* wholeReply(await boundedText(response), type, who);
  else yield* chunksOfEvents(response, type, who);
}

function* wholeReply(text: string, type: string, who: string): Generator<ChunkOrEnd> {
  const body = parseJson(text);
  if (tellsOfTrouble('', body)) throw new AnsweredError(serverAnswer(text));
  if (!isChunk(body) || body.choices === undefined) throw notStreaming(type, who);
  yield body;
  yield 'done';
}

async function* chunksOfEvents(response: Response, type: string, who: string): AsyncGenerator<ChunkOrEnd> {
  // Text that is not JSON may be a keep-alive that became data, or the server's whole error message: the end of the stream shows which.
  let words = '';
  let chunks = 0;
  for await (const { name, data } of readServerEvents(textPieces(response))) {
    const text = data.trim();
    if (over.test(text)) {
      if (chunks === 0 && words !== '') break;
      yield 'done';
      return;
    }
    const bodies = name === 'stray' && !text.startsWith('{') ? [undefined] : bodiesOf(text);
    for (const body of bodies) {
      if (tellsOfTrouble(name, body) || (name === 'error' && text !== '')) throw new AnsweredError(serverAnswer(text));
      if (isChunk(body)) {
        chunks += 1;
        yield body;
      } else if (/^[{[]/.test(text) && name !== 'stray') throw new Error('what arrived is no JSON');
      else if (!text.startsWith(':') && words.length < mostOfAnswer) words += `${words === '' ? '' : '\n'}${text.slice(0, mostOfAnswer)}`;
    }
  }
  if (words === '') return;
  const whole = parseJson(words);
  if (chunks === 0 && isChunk(whole) && whole.choices !== undefined) yield* wholeReply(words, type, who);
  else if (/^<(?:!doctype|html|\?xml)/i.test(words)) throw notStreaming(type || 'no content type', who);
  else throw new AnsweredError(serverAnswer(words));
}

/** `[DONE]`, in the spellings of several servers. */
const over = /^\[?done\]?$/i;

/** The JSON values of an event. If empty lines got lost, each line is the data of another event. */
function bodiesOf(text: string): unknown[] {
  const body = parseJson(text);
  if (body !== undefined || !text.includes('\n')) return [body];
  const bodies = text
    .split('\n')
    .filter((line) => !over.test(line.trim()))
    .map((line) => parseJson(line));
  return bodies.includes(undefined) ? [undefined] : bodies;
}

function isChunk(body: unknown): body is ChatChunk {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function notStreaming(type: string, who: string): ModelError {
  return new ModelError({
    kind: 'configuration',
    code: 'server.not_streaming',
    message: `${sentence(who)} answered with ${type.slice(0, 80) || 'no content type'} where a stream of events was asked for.`,
    hint: 'Check --base-url: it must be the address of an OpenAI-compatible model server, such as http://127.0.0.1:8080/v1.',
  });
}

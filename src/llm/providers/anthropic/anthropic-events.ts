import { parseJson } from '../../../utils/parse-json.ts';
import { boundedText, textPieces } from '../../server/bounded-text.ts';
import { readServerEvents } from '../../server/read-server-events.ts';
import { AnsweredError, mostOfAnswer, serverAnswer } from '../../server/server-answer.ts';
import { NotStreaming } from './anthropic-error.ts';

const whole = /^application\/(?:problem\+)?json\b/i;
const none = /^(?:text\/(?:html|css|xml|javascript)|image\/|audio\/|video\/|font\/|application\/(?:xhtml|xml|pdf|zip|gzip))/i;

/**
 * The values of the events of an answer, or the answer itself if the server does not stream.
 * @throws NotStreaming for an answer of another kind; AnsweredError for words where events should be; an Error for half a value.
 */
export async function* anthropicEvents(response: Response): AsyncGenerator {
  const type = response.headers.get('content-type') ?? '';
  if (none.test(type)) {
    await response.body?.cancel();
    throw new NotStreaming(type.slice(0, 80));
  }
  if (whole.test(type)) {
    const body = parseJson(await boundedText(response));
    if (typeof body !== 'object' || body === null || !('type' in body || 'error' in body)) throw new NotStreaming(type.slice(0, 80));
    yield body;
    return;
  }
  let words = '';
  for await (const { name, data } of readServerEvents(textPieces(response))) {
    const body = parseJson(data);
    if (typeof body === 'object' && body !== null) yield body;
    else if (name === 'error') throw new AnsweredError(serverAnswer(data));
    else if (/^[{[]/.test(data.trim())) throw new Error('what arrived is no JSON');
    else if (words.length < mostOfAnswer) words += `${data.slice(0, mostOfAnswer)}\n`;
  }
  const said = words.trim();
  if (/^<(?:!doctype|html|\?xml)/i.test(said)) throw new NotStreaming(type || 'no content type');
  if (said !== '' && !/^\[done\]$/i.test(said)) throw new AnsweredError(serverAnswer(said));
}

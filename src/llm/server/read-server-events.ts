import { TooMuchSaid } from './bounded-text.ts';

/** One event of a stream. `stray`: lines outside of any event, such as an error that was sent as plain text. */
export interface ServerEvent {
  name: string;
  data: string;
}

/** No line of a reply is longer. */
const mostCharacters = 16 * 1024 * 1024;

/**
 * The events of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). An event without data is ignored. Lines outside of events are passed
 * on, as are an `error:` line of older llama-servers and a last event without an empty line after it.
 * @throws TooMuchSaid for a line or an event without an end; what reading throws.
 */
export async function* readServerEvents(pieces: AsyncIterable<string>, most = mostCharacters): AsyncGenerator<ServerEvent> {
  let event: { name: string; data: string[]; length: number } = { name: '', data: [], length: 0 };
  const ended = (): ServerEvent[] => {
    const { name, data } = event;
    event = { name: '', data: [], length: 0 };
    const text = data.join('\n');
    return text === '' ? [] : [{ name, data: text }];
  };
  const take = (line: string): ServerEvent[] => {
    if (line === '') return ended();
    const [, field = '', value = ''] = /^([a-z]*): ?(.*)$/is.exec(line) ?? [];
    if (field === '' && line.startsWith(':')) return [];
    switch (field) {
      case 'data':
      case 'error':
        if (field === 'error') event.name = field;
        event.length += value.length;
        if (event.length > most) throw new TooMuchSaid('it sends an event without an end');
        event.data.push(value);
        return [];
      case 'event':
        event.name = value;
        return [];
      case 'id':
      case 'retry':
        return [];
      default:
        return /^(?:data|event|id|retry)$/.test(line) ? [] : [{ name: 'stray', data: line }];
    }
  };
  for await (const line of linesOf(pieces, most)) yield* take(line);
  yield* ended();
}

/** Lines, however they end. An unfinished line is kept in pieces, so that a long one takes no more time than many short ones. */
async function* linesOf(pieces: AsyncIterable<string>, most: number): AsyncGenerator<string> {
  let begun: string[] = [];
  let length = 0;
  let ends: '\r' | '' = '';
  let isFirst = true;
  for await (const piece of pieces) {
    if (piece === '') continue;
    // A line break of two characters may arrive in two pieces.
    const whole = isFirst ? piece.replace(/^\u{feff}/u, '') : piece;
    isFirst = false;
    const text = ends === '\r' && whole.startsWith('\n') ? whole.slice(1) : whole;
    ends = whole.endsWith('\r') ? '\r' : '';
    const [first = '', ...others] = text.split(/\r\n|\n|\r/);
    length += first.length;
    begun.push(first);
    for (const line of others) {
      yield begun.join('');
      begun = [line];
      length = line.length;
    }
    if (length > most) throw new TooMuchSaid('it sends a line without an end');
  }
  if (length > 0) yield begun.join('');
}

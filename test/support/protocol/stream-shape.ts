import { at, type Json } from './protocol-client.ts';

/** What one event of a stream is, such as `text` or `finish + timings`. */
export function kindOf(event: Json | '[DONE]'): string {
  if (event === '[DONE]') return event;
  const extras = ['usage', 'timings'].filter((key) => key in event);
  return [mainKind(event), ...extras].filter((part) => part !== '').join(' + ');
}

function mainKind(event: Json): string {
  if ('error' in event) return 'error';
  if ('prompt_progress' in event) return 'progress';
  if (at(event, 'choices', 'length') === 0) return '';
  if (at(event, 'choices', 0, 'finish_reason') !== null) return 'finish';
  return at(event, 'choices', 0, 'delta', 'role') === undefined ? 'text' : 'role';
}

/** The kinds of a stream's events in order, each run of equal ones once. */
export function kindsOf(events: readonly (Json | '[DONE]')[]): string[] {
  return events.map(kindOf).filter((kind, index, kinds) => kind !== kinds[index - 1]);
}

/** Every key in it, as sorted paths; lists count by their first entry. */
export function keysOf(value: unknown): string[] {
  return [...pathsOf(value, '')].sort();
}

function* pathsOf(value: unknown, prefix: string): Generator<string> {
  if (Array.isArray(value)) {
    yield* pathsOf(value[0], `${prefix}[]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) yield* pathsOf(entry, prefix === '' ? key : `${prefix}.${key}`);
  } else {
    yield prefix;
  }
}

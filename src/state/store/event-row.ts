import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import type { EventRegistry } from '../../events/event-registry.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import { unknownEventType } from '../../events/unknown-event.ts';
import type { NewEvent } from './event-store.ts';
import { damagedJournal } from './journal-error.ts';
import { latestTime } from '../../utils/clock.ts';
import { parseJson } from '../../utils/parse-json.ts';

/** The columns of the table `events`, in its order. */
export const eventColumns = [
  'position',
  'stream',
  'sequence',
  'time',
  'type',
  'version',
  'actor',
  'correlation',
  'causation',
  'data',
] as const;

export type EventRow = Record<(typeof eventColumns)[number], SQLOutputValue>;

const envelopeSchema = z.object({
  position: z.int().positive(),
  stream: z.string().min(1),
  sequence: z.int().positive(),
  time: z.int().min(-latestTime).max(latestTime),
  version: z.int().positive(),
  actor: z.string().min(1),
  correlation: z.string().min(1),
  causation: z.int().positive().nullish(),
});
const unnumberedSchema = envelopeSchema.omit({ position: true, stream: true, sequence: true });

/** The stored form of an event. */
export interface EncodedEvent {
  /** The event as a reader will get it, without anything that JSON cannot represent. */
  event: NewEvent;
  type: string;
  /** Its data as JSON text. */
  json: string;
}

/**
 * Checks an event against the registry and turns its data into JSON.
 * @throws TypeError for an event with another shape: that is a defect of the program, not of its input.
 */
export function encodeEvent(event: NewEvent, stream: string, registry: EventRegistry): EncodedEvent {
  const envelope = unnumberedSchema.safeParse(event);
  if (!envelope.success) throw new TypeError(`an event "${event.type}" has a wrong envelope:\n${z.prettifyError(envelope.error)}`);
  const { causation, ...required } = envelope.data;
  const clean = (data: unknown) =>
    ({ type: event.type, ...required, ...(causation == null ? {} : { causation }), data }) as unknown as NewEvent;
  const given = throughJson(event);
  if (event.type === unknownEventType) {
    const { type, data } = unknownSchema.parse(given);
    if (type === unknownEventType || registry.interpret({ stream, type, version: event.version, data }).kind !== 'unknown')
      throw new TypeError(`an event "${type}" in version ${event.version} is one that the registry knows`);
    return { event: clean({ type, data }), type, json: JSON.stringify(data) };
  }
  const definition = registry.find(stream, event.type);
  if (definition === undefined) throw new TypeError(`the registry has no event of type "${event.type}"`);
  if (event.version !== definition.version) {
    throw new TypeError(`an event "${event.type}" has version ${definition.version}, not ${event.version}`);
  }
  const data = definition.data.safeParse(given);
  if (!data.success) throw new TypeError(`an event "${event.type}" has data of another shape:\n${z.prettifyError(data.error)}`);
  return { event: clean(data.data), type: event.type, json: JSON.stringify(data.data) };
}

const unknownSchema = z.object({ type: z.string().min(1).max(200), data: z.unknown() });

function throughJson(event: NewEvent): unknown {
  try {
    return JSON.parse(JSON.stringify(event.data)) as unknown;
  } catch (error) {
    throw new TypeError(`an event "${event.type}" has data that JSON cannot hold`, { cause: error });
  }
}

/**
 * Turns a row back into an event. One of an unknown type, or of a later version, stays as it is, under the name of `UnknownEvent`.
 * @throws MultiagentError `journal.damaged` for data that no version of this program has written.
 */
export function decodeEvent(row: EventRow, path: string, registry: EventRegistry): JournalEvent {
  const place = `event ${String(row.sequence)} of "${String(row.stream)}"`;
  const envelope = envelopeSchema.safeParse(row);
  const json = parseJson(String(row.data));
  if (!envelope.success) throw damagedJournal(path, `${place} cannot be read`, envelope.error);
  const { causation, ...required } = envelope.data;
  const around = { ...required, ...(causation == null ? {} : { causation }) };
  const type = String(row.type);
  const found = registry.interpret({ stream: required.stream, type, version: required.version, data: json });
  if (found.kind === 'damaged') throw damagedJournal(path, `${place} cannot be read`, found.error);
  if (found.kind === 'unknown') return { ...around, type: unknownEventType, data: { type, data: json } };
  return { ...around, type, version: found.version, data: found.data } as JournalEvent;
}

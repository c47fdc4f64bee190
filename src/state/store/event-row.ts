import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { eventRegistry, isEventType, type KnownEvent, upcastVersion } from '../../events/event-registry.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { NewKnownEvent } from './event-store.ts';
import { damagedJournal } from './journal-error.ts';
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
  time: z.int(),
  version: z.int().positive(),
  actor: z.string().min(1),
  correlation: z.string().min(1),
  causation: z.int().positive().nullish(),
});
const unnumberedSchema = envelopeSchema.omit({ position: true, stream: true, sequence: true });

export interface EncodedEvent {
  /** As a reader will get it: what JSON cannot hold is already gone. */
  event: NewKnownEvent;
  /** Its data as JSON text. */
  json: string;
}

/**
 * Checks an event against the registry and turns its data into JSON.
 * @throws TypeError for an event of another shape: that is a defect of the program, not of its input.
 */
export function encodeEvent(event: NewKnownEvent): EncodedEvent {
  const definition = isEventType(event.type) ? eventRegistry[event.type] : undefined;
  if (definition === undefined) throw new TypeError(`the registry has no event of type "${event.type}"`);
  if (event.version !== definition.version) {
    throw new TypeError(`an event "${event.type}" has version ${definition.version}, not ${event.version}`);
  }
  const envelope = unnumberedSchema.safeParse(event);
  if (!envelope.success) throw new TypeError(`an event "${event.type}" has a wrong envelope:\n${z.prettifyError(envelope.error)}`);
  const data = definition.data.safeParse(throughJson(event));
  if (!data.success) throw new TypeError(`an event "${event.type}" has data of another shape:\n${z.prettifyError(data.error)}`);
  const { causation, ...required } = envelope.data;
  const clean = { type: event.type, ...required, ...(causation == null ? {} : { causation }), data: data.data };
  return { event: clean as NewKnownEvent, json: JSON.stringify(data.data) };
}

function throughJson(event: NewKnownEvent): unknown {
  try {
    return JSON.parse(JSON.stringify(event.data)) as unknown;
  } catch (error) {
    throw new TypeError(`an event "${event.type}" has data that JSON cannot hold`, { cause: error });
  }
}

/**
 * Turns a row back into an event. An event that this program does not know (its type, or a later version of it) refuses the whole stream: whoever
 * goes on with a run that is only half understood would do work twice or lose it.
 * @throws MultiagentError `journal.newer_event`, or `journal.damaged` for data that no program of ours has written.
 */
export function decodeEvent(row: EventRow, path: string): KnownEvent {
  const type = String(row.type);
  const place = `event ${String(row.sequence)} of "${String(row.stream)}"`;
  const definition = isEventType(type) ? eventRegistry[type] : undefined;
  if (definition === undefined || Number(row.version) > definition.version) {
    throw new MultiagentError({
      code: 'journal.newer_event',
      message: `${place} was written by a newer multiagent: this program does not know "${type}" in version ${String(row.version)}.`,
      hint: 'Install the newest multiagent to read or continue this run; other runs are not affected.',
    });
  }
  const envelope = envelopeSchema.safeParse(row);
  const data = definition.data.safeParse(parseJson(String(row.data)));
  const error = envelope.error ?? data.error;
  if (error !== undefined) throw damagedJournal(path, `${place} cannot be read`, error);
  const { causation, ...required } = envelope.data as z.infer<typeof envelopeSchema>;
  const version = upcastVersion(type, required.version);
  return { type, ...required, version, ...(causation == null ? {} : { causation }), data: data.data } as KnownEvent;
}

import type { z } from 'zod';
import type { EventDefinition, EventDefinitions } from './event-definition.ts';
import { isProgramEventType } from './program-event.ts';
import { runStreamEvents } from './run-stream-events.ts';

/** What stored data means to this program: `known` in its newest shape, of an unknown type or version, or something that no program can have written. */
export type Interpretation =
  | { kind: 'known'; version: number; data: unknown }
  | { kind: 'unknown' }
  | { kind: 'damaged'; error: z.ZodError };

/**
 * The types of events that this program knows, by kind of stream, which is the part of the stream's name before the colon. Programs add types of their own,
 * which may occur in a stream of any kind.
 * @example
 * import { z } from 'zod';
 * const events: EventRegistry = standardEvents();
 * events.register({ 'acme:reviewed': { version: 1, data: z.object({ by: z.string() }) } });
 * console.log(events.find('run:1', 'acme:reviewed')?.version); // 1
 */
export class EventRegistry {
  readonly #kinds: ReadonlyMap<string, EventDefinitions>;
  readonly #programs = new Map<string, EventDefinition>();

  /** @param kinds By kind of stream, then by name: `{ run: { 'run.started': … } }`. */
  constructor(kinds: Readonly<Record<string, EventDefinitions>>) {
    this.#kinds = new Map(Object.entries(kinds));
  }

  /**
   * Adds types of a program's own. Registering the same definition again does nothing.
   * @throws TypeError for a name without a prefix, or one that is taken.
   */
  register(definitions: EventDefinitions): void {
    for (const [type, definition] of Object.entries(definitions)) {
      if (!isProgramEventType(type))
        throw new TypeError(`"${type}" is no name for an event of a program: it looks like acme:review.requested`);
      const known = this.#programs.get(type);
      if (known !== undefined && known !== definition) throw new TypeError(`another event is registered as "${type}"`);
      this.#programs.set(type, definition);
    }
  }

  /** The newest definition of a type in a stream such as `run:<id>`. Undefined: no such type is known there. */
  find(stream: string, type: string): EventDefinition | undefined {
    const ofKind = this.#kinds.get(stream.split(':', 1)[0] ?? '');
    if (ofKind !== undefined && Object.hasOwn(ofKind, type)) return ofKind[type];
    return this.#programs.get(type);
  }

  /**
   * Converts data of any version to the newest shape.
   * @returns the converted data (`known`), or why there is none: nobody here knows the type or the version (`unknown`), or the data do not fit it (`damaged`).
   */
  interpret({ stream, type, version, data }: { stream: string; type: string; version: number; data: unknown }): Interpretation {
    const definition = this.find(stream, type);
    if (definition === undefined || version > definition.version) return { kind: 'unknown' };
    let shaped = data;
    for (let from = version; from < definition.version; from += 1) shaped = definition.upcasts?.[from]?.(shaped) ?? shaped;
    if (definition.isKnown?.(shaped) === false) return { kind: 'unknown' };
    const parsed = definition.data.safeParse(shaped);
    return parsed.success ? { kind: 'known', version: definition.version, data: parsed.data } : { kind: 'damaged', error: parsed.error };
  }
}

/**
 * The types of events that are built in.
 * @example
 * console.log(standardEvents().find(`run:${run}`, 'run.finished') !== undefined); // true
 */
export function standardEvents(): EventRegistry {
  return new EventRegistry({ run: runStreamEvents });
}

import type { z } from 'zod';

/** One type of event: the newest version of its data, and how to convert earlier ones. A type's meaning never changes; a changed shape raises the version. */
export interface EventDefinition {
  version: number;
  /**
   * Whether data in the newest version is of a kind that this program knows. Other data is kept like an event of an unknown type. Absent: all of it is known.
   */
  isKnown?: ((data: unknown) => boolean) | undefined;
  /** The schema of the data in the newest version. */
  data: z.ZodType<Record<string, unknown>>;
  /** Converts the data of a version to the next one; the key is the earlier version. Absent: the newest schema accepts that version as it is. */
  upcasts?: Readonly<Record<number, (data: unknown) => unknown>> | undefined;
}

/** Types of events by their name. */
export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

import type { z } from 'zod';

/** One type of event: the newest version of its data, and how earlier ones become it. A type's meaning never changes; a changed shape raises the version. */
export interface EventDefinition {
  version: number;
  /** Whether data in the newest version is of a kind that this program knows; what is not is kept like an event of an unknown type. Absent: all of it. */
  isKnown?: ((data: unknown) => boolean) | undefined;
  /** Of the data in the newest version. */
  data: z.ZodType<Record<string, unknown>>;
  /** From the data of a version to that of the next one, by the earlier version. Absent: the newest schema takes that version as it is. */
  upcasts?: Readonly<Record<number, (data: unknown) => unknown>> | undefined;
}

/** Types of events by their name. */
export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

import type { Event } from './event.ts';

/** `<prefix>:<name>`, such as `acme:review.requested`: a type registered by a program that uses this package. */
export type ProgramEventType = `${string}:${string}`;

/** An event of such a type. This program keeps it and passes it on; only its own program knows what it means. */
export type ProgramEvent = Event<ProgramEventType, Record<string, unknown>>;

const programType = /^[a-z][a-z0-9-]{0,40}:[a-z][a-z0-9_.-]{0,80}$/;

/** Whether a name can be the name of such a type. */
export function isProgramEventType(type: string): type is ProgramEventType {
  return programType.test(type);
}

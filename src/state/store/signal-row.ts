import { z } from 'zod';
import type { SendSignalOptions } from './event-store.ts';
import { latestTime } from '../../utils/clock.ts';
import { damagedJournal } from './journal-error.ts';
import type { Signal } from './signal.ts';

const dataSchema = z.record(z.string(), z.unknown());
const rowSchema = z.object({
  stream: z.string().min(1),
  number: z.int().positive(),
  time: z.int().min(-latestTime).max(latestTime),
  type: z.string().min(1),
  sender: z.string().min(1),
  data: z.string().transform((text, context): Record<string, unknown> => {
    try {
      return dataSchema.parse(JSON.parse(text));
    } catch {
      context.addIssue('not a JSON object');
      return z.NEVER;
    }
  }),
});

/** @returns the data as JSON text. @throws TypeError for a signal that cannot be stored: a defect of the program. */
export function encodeSignalData({ stream, type, from, data = {} }: SendSignalOptions): string {
  if (stream === '' || type === '' || from === '') throw new TypeError('a signal has a stream, a type and a sender');
  try {
    return JSON.stringify(dataSchema.parse(JSON.parse(JSON.stringify(data))));
  } catch (error) {
    throw new TypeError(`a signal "${type}" has data that JSON cannot hold`, { cause: error });
  }
}

/** @throws MultiagentError `journal.damaged` for a row that no version of this program has written. */
export function decodeSignal(row: object, path: string): Signal {
  const checked = rowSchema.safeParse(row);
  if (!checked.success) throw damagedJournal(path, 'a signal in it cannot be read', checked.error);
  const { sender: from, ...rest } = checked.data;
  return { ...rest, from };
}

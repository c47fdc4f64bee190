import type { JournalEvent } from '../../../events/run-stream-events.ts';
import { unknownEventType } from '../../../events/unknown-event.ts';
import { printableLine } from '../../../utils/printable.ts';
import { unknownEventSentence } from '../event-sentences.ts';
import type { View } from '../view.ts';
import { callLines } from './call-lines.ts';
import { fileLines } from './file-lines.ts';
import { type PlainHandlers, PlainLines, type PlainViewOptions } from './plain-lines.ts';
import { runLines } from './run-lines.ts';
import { taskLines } from './task-lines.ts';

/** Lines that need no terminal: who works on what, how much of the prompt is read, how fast the reply comes, which files are written. */
export function plainView(options: PlainViewOptions): View {
  const lines = new PlainLines(options);
  const event = (next: JournalEvent) => {
    if (next.type === unknownEventType) lines.write(`${printableLine(unknownEventSentence(next))}\n`);
    else (handlers as Record<string, ((lines: PlainLines, event: JournalEvent) => void) | undefined>)[next.type]?.(lines, next);
  };
  let held: JournalEvent[] | undefined;
  return {
    event(next) {
      if (held === undefined) event(next);
      else held.push(next);
    },
    hold() {
      held ??= [];
    },
    release() {
      for (const next of held ?? []) event(next);
      held = undefined;
    },
    earlier(past) {
      lines.silent = true;
      event(past);
      lines.silent = false;
    },
  };
}

const handlers: PlainHandlers = { ...runLines, ...taskLines, ...callLines, ...fileLines };

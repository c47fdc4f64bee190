import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { systemClock } from '../../utils/clock.ts';
import { printable } from '../../utils/printable.ts';

export interface FollowFileOptions {
  path: string;
  /** Bytes that are known already. */
  from: number;
  /** Aborting stops following, and resolves. */
  signal: AbortSignal;
  /** Receives what was added, safe to print, in whole lines. */
  onText: (text: string) => void;
}

const lookMilliseconds = 200;

/** Reports what is added to a file. If the file is replaced by a new one, the rest of the old one comes first. */
export async function followFile({ path, from, signal, onText }: FollowFileOptions): Promise<void> {
  let descriptor = openSync(path, 'r');
  // A smaller file means that it was replaced meanwhile.
  let position = from <= fstatSync(descriptor).size ? from : 0;
  let decoder = new StringDecoder('utf8');
  let held = '';
  const buffer = Buffer.alloc(65_536);
  const readOn = () => {
    for (let length = 1; length > 0;) {
      length = readSync(descriptor, buffer, 0, buffer.length, position);
      position += length;
      held += decoder.write(buffer.subarray(0, length));
    }
    const end = held.lastIndexOf('\n') + 1;
    if (end > 0) onText(printable(held.slice(0, end)));
    held = held.slice(end);
  };
  try {
    while (!signal.aborted) {
      readOn();
      const there = statSync(path, { throwIfNoEntry: false });
      if (there !== undefined && there.ino !== fstatSync(descriptor).ino) {
        readOn();
        closeSync(descriptor);
        descriptor = openSync(path, 'r');
        position = 0;
        decoder = new StringDecoder('utf8');
        held = '';
        continue;
      }
      await systemClock.sleep(lookMilliseconds, signal).catch(() => undefined);
    }
    readOn();
  } finally {
    closeSync(descriptor);
  }
}

import { open, type FileHandle } from 'node:fs/promises';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { RecordingLine } from './recording-lines.ts';

/** A recording that is being written. */
export interface Recording extends AsyncDisposable {
  /** Appends one line, in the order of the calls. @throws MultiagentError `recording.unwritable`. */
  write(line: RecordingLine): Promise<void>;
}

/**
 * Begins a new recording that only its owner can read: it contains the whole conversation.
 * @throws MultiagentError `recording.exists`, because it never overwrites a file; `recording.unwritable`.
 */
export async function createRecording(path: string): Promise<Recording> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? exists(path) : unwritable(path, error);
  }
  let last: Promise<void> = Promise.resolve();
  return {
    write(line) {
      // After a line that failed the next one is still tried: each call reports its own failure.
      last = last
        .catch(() => undefined)
        .then(() => file.appendFile(`${JSON.stringify(line)}\n`))
        .catch((error: unknown) => {
          throw unwritable(path, error);
        });
      return last;
    },
    async [Symbol.asyncDispose]() {
      await last.catch(() => undefined);
      await file.close();
    },
  };
}

function exists(path: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'recording.exists',
    message: `The file ${path} exists, and a recording does not overwrite it.`,
    hint: 'Name another file with --record, or remove this one.',
  });
}

function unwritable(path: string, error: unknown): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'recording.unwritable',
    message: `The recording ${path} cannot be written: ${(error as Error).message}.`,
    hint: 'Name a file in a folder that exists and can be written, on a disk with room.',
    cause: error,
  });
}

import { MultiagentError } from '../../utils/multiagent-error.ts';

/** SQLite's primary result codes that a person can do something about. */
const busy = 5;
const sharedCacheLocked = 6;
const readOnly = 8;
const inputOutput = 10;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const notADatabase = 26;

/** Codes: `journal.locked`, `journal.unwritable`, `journal.disk_failed`, `journal.damaged`, `journal.disk_full`, `journal.foreign`. */
export function describeJournalFailure(error: unknown, path: string): MultiagentError | undefined {
  const resultCode = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  switch (resultCode) {
    case busy:
    case sharedCacheLocked:
      return new MultiagentError({
        code: 'journal.locked',
        message: `The journal ${path} is being written by another process, which did not finish in time.`,
        hint: 'Wait for the other multiagent command in this workspace to end, or stop it, then try again.',
        cause: error,
      });
    case readOnly:
    case cannotOpen:
      return unwritableJournal(path, error);
    case inputOutput:
      return new MultiagentError({
        code: 'journal.disk_failed',
        message: `Reading or writing the journal ${path} failed: the disk or the file system reported an error.`,
        hint: 'Check the disk, and that the workspace is not on a network drive, then try again.',
        cause: error,
      });
    case corrupt:
      return damagedJournal(path, 'its pages contradict each other', error);
    case full:
      return new MultiagentError({
        code: 'journal.disk_full',
        message: `There is no room left on the disk for the journal ${path}.`,
        hint: 'Free some space, then go on with "multiagent resume": everything recorded before is kept.',
        cause: error,
      });
    case notADatabase:
      return foreignJournal(path, error);
    default:
      return error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE'
        ? damagedJournal(path, 'a number in it is larger than any that is written', error)
        : undefined;
  }
}

/** What to throw instead of SQLite's own error: one with a sentence if the failure is known, otherwise the error itself. */
export function toJournalError(error: unknown, path: string): unknown {
  return describeJournalFailure(error, path) ?? error;
}

export function unwritableJournal(path: string, cause: unknown): MultiagentError {
  return new MultiagentError({
    code: 'journal.unwritable',
    message: `The journal ${path} cannot be opened for writing.`,
    hint: 'Check who owns the file and its folder and whether they may be written, or choose another workspace.',
    cause,
  });
}

export function foreignJournal(path: string, cause?: unknown): MultiagentError {
  return new MultiagentError({
    code: 'journal.foreign',
    message: `${path} exists, but it is not a journal of multiagent. Nothing in it was changed.`,
    hint: 'If it was one, "multiagent export <run>" saves what can still be read. Then move the file away, or choose another workspace.',
    cause,
  });
}

export function damagedJournal(path: string, what: string, cause?: unknown): MultiagentError {
  return new MultiagentError({
    code: 'journal.damaged',
    message: `The journal ${path} is damaged: ${what}. Nothing in it was changed.`,
    hint: '"multiagent export <run>" saves what can still be read. Then put back a copy of the file, or move it away to start with an empty journal; files that were written stay where they are.',
    cause,
  });
}

/** @throws MultiagentError `journal.conflict` if a stream does not have as many events as its writer expects. */
export function checkSequence({ stream, expected, found }: { stream: string; expected: number; found: number }): void {
  if (found === expected) return;
  throw new MultiagentError({
    code: 'journal.conflict',
    message: `Someone else has written to "${stream}": it holds ${found} events where ${expected} were expected.`,
    hint: 'Another process owns this run. Watch it there, or stop it before continuing it here.',
  });
}

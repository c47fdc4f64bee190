import { lstatSync, type Stats } from 'node:fs';
import { describeError } from '../../utils/describe-error.ts';
import type { MultiagentErrorOptions } from '../../utils/multiagent-error.ts';

interface Explanation {
  code: string;
  why: string;
  hint: string;
}

const explanations: Record<string, Explanation> = {
  ENOSPC: { code: 'files.disk_full', why: 'the disk is full', hint: 'Free some space, then resume the run.' },
  EDQUOT: { code: 'files.disk_full', why: 'your disk quota is used up', hint: 'Free some space, then resume the run.' },
  EROFS: {
    code: 'files.read_only',
    why: 'the file system is read-only',
    hint: 'Choose an output directory that is writable, then resume the run.',
  },
  EACCES: {
    code: 'files.no_permission',
    why: 'permission is denied',
    hint: 'Give yourself write permission to the output directory, then resume the run.',
  },
  EPERM: {
    code: 'files.no_permission',
    why: 'the system does not allow it',
    hint: 'Give yourself write permission to the output directory, then resume the run.',
  },
  EMFILE: {
    code: 'files.too_many_open',
    why: 'too many files are open',
    hint: 'Raise the limit of open files (`ulimit -n 4096`), then resume the run.',
  },
  ENFILE: {
    code: 'files.too_many_open',
    why: 'too many files are open on this machine',
    hint: 'Close other programs, then resume the run.',
  },
  ENAMETOOLONG: {
    code: 'files.name_too_long',
    why: 'its full path is too long',
    hint: 'Choose an output directory with a shorter path, then resume the run.',
  },
  ENOTDIR: {
    code: 'files.not_a_folder',
    why: 'a part of its path is a file',
    hint: 'Move that file away or choose another output directory, then resume the run.',
  },
  EEXIST: {
    code: 'files.not_a_folder',
    why: 'a file stands where a folder has to be',
    hint: 'Move that file away or choose another output directory, then resume the run.',
  },
  EIO: { code: 'files.disk_failed', why: 'the disk reports a failure', hint: 'Check the disk, then resume the run.' },
};

/** Whether this error came from the operating system. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).code === 'string';
}

/** Why the system refused to write, as the end of a sentence; in the system's own words if the reason is not known here. */
export function unwritableReason(error: unknown): string {
  const known = isSystemError(error) ? explanations[error.code ?? ''] : undefined;
  return known?.why ?? describeError(error).message;
}

/** What a person needs to know about a file that the system refused to write. `path` is safe to show. */
export function describeSystemError(error: NodeJS.ErrnoException, path: string): MultiagentErrorOptions {
  const { code, why, hint } = explanations[error.code ?? ''] ?? {
    code: 'files.write_failed',
    why: `the system reports ${error.code}`,
    hint: 'Check the output directory, then resume the run.',
  };
  return { code, message: `'${path}' could not be written: ${why}.`, hint, cause: error };
}

/**
 * The entry at a path, links not followed. Here, and wherever a file's place is looked for, the system is asked at once: that takes microseconds, and asking from
 * another thread takes several times as long.
 */
export function statOf(file: string): Stats | undefined {
  return ifExists(() => lstatSync(file, { throwIfNoEntry: false }));
}

/** Undefined if there is no such file. @throws every other error of the system. */
export function ifExists<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

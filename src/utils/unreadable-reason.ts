import { describeError } from './describe-error.ts';

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
};

/** Why the system would not let a file be read, as the end of a sentence; what is not known is told in the system's own words. */
export function unreadableReason(error: unknown): string {
  return reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? describeError(error).message;
}

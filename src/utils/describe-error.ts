import { MultiagentError } from './multiagent-error.ts';
import { redactSecrets } from './redact-secrets.ts';

/** An error as plain data, for events, results and logs. */
export interface ErrorDescription {
  code: string;
  message: string;
  hint?: string | undefined;
}

/** Turns anything that was thrown into plain data, without the stack. Never throws. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof MultiagentError) {
    return { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
  if (error instanceof Error) {
    const systemCode = (error as NodeJS.ErrnoException).code;
    return {
      code: typeof systemCode === 'string' ? `system.${systemCode.toLowerCase()}` : 'unexpected',
      message: withoutSecrets(error.message),
    };
  }
  return { code: 'unexpected', message: withoutSecrets(String(error)) };
}

/** Words that are not our own may contain secrets. */
function withoutSecrets(words: string): string {
  return String(redactSecrets(words));
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'you have no permission to read it',
  EPERM: 'you have no permission to read it',
};

/** Why the system would not let a file be read, as the end of a sentence; in the system's own words where the reason is not known here. */
export function unreadableReason(error: unknown): string {
  return reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? describeError(error).message;
}

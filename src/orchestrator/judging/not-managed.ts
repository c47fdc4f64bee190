import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { Finding } from '../../agents/loop/finding.ts';

export interface NotManagedOptions {
  taskType: string;
  /** Why it was given up. */
  findings: readonly Finding[];
  /** How many there were. */
  replies: number;
  /** Of the last one: why what looked like files was not written. */
  refused?: readonly string[] | undefined;
}

/** What a step fails with whose replies are not what it is for. */
export function notManaged({ taskType, findings, replies, refused = [] }: NotManagedOptions): MultiagentError {
  const last = findings.at(-1)!;
  if (last.remedy === 'none') return new MultiagentError({ code: last.code, message: last.message, hint: last.hint });
  const count = replies === 2 ? 'two' : replies;
  const reasons = refused.length > 0 ? ` Refused: ${refused.join('; ')}.` : '';
  const whys = [...new Set(findings.map(({ message }) => message))].join('; then ');
  return new MultiagentError({
    code: last.code,
    message: `The team did not manage ${taskType} in ${count} replies: ${whys}.${reasons}`,
    hint: last.hint ?? 'A larger model, or one made for code, follows the file format more reliably. The replies are kept in the journal.',
  });
}

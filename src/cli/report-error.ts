import { MultiagentError } from '../utils/multiagent-error.ts';
import { printable } from '../utils/printable.ts';
import { redactSecrets } from '../utils/redact-secrets.ts';

/** An error as text for a person: what failed and why, what to do next, and on request the stack. */
export function errorText(error: unknown, detail: 'short' | 'verbose'): string {
  const lines = [`Error: ${printable(messageOf(error))}`];
  if (error instanceof MultiagentError) {
    if (error.hint !== undefined) lines.push(`  ${printable(error.hint)}`);
  } else if (detail === 'short') {
    lines.push('  This should not have happened. Run the command again with --verbose to see where.');
  }
  if (detail === 'verbose') lines.push(...stackOf(error));
  return `${lines.join('\n')}\n`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string[] {
  const lines: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause)
    lines.push(printable(String(redactSecrets(current.stack ?? current.message))));
  return lines;
}

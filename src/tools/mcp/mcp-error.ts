import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';

const longest = 400;

/** What went wrong with an MCP server, in words that are safe to show: what it says of itself is text from outside. */
export class McpError extends MultiagentError {
  /** @param why Continues a sentence that begins with the server. */
  constructor(
    server: string,
    why: string,
    { secrets = [], ...options }: { secrets?: readonly string[]; hint?: string; cause?: unknown } = {},
  ) {
    super({ code: 'mcp.failed', message: `The MCP server ${server} ${saidBy(why, secrets)}.`, ...options });
  }
}

/** A text of a server in one line, without secrets. */
export function saidBy(text: string, secrets: readonly string[]): string {
  const line = shorten(printableLine(text.slice(0, 10 * longest).trim()), longest);
  const told = String(redactSecrets(line, { secrets }));
  let end = told.length;
  while (end > 0 && /[.\s]/.test(told[end - 1] ?? '')) end -= 1;
  return told.slice(0, end);
}

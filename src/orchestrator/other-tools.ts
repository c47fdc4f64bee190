import type { Tool } from '../tools/tool.ts';

/** Tools that others than this program have, by the person's own settings. */
export interface OtherTools {
  /**
   * Those of these names, in this order. Whoever has them is started or asked.
   * @throws MultiagentError `tool.unknown` for one that nobody has, with what there is; `mcp.failed` for a server that cannot be reached; the signal's reason.
   */
  named(names: readonly string[], signal: AbortSignal): Promise<readonly Tool[]>;
}

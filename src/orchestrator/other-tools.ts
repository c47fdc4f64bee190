import type { Tool } from '../tools/tool.ts';

/** Who does what a tool of others is called for: a server or an agent in the person's own settings, or the program that has started the run. */
export type OtherExecutor = 'mcp' | 'agent' | 'program';

/** Tools that others have, by the person's own settings and by the program that has started the run. */
export interface OtherTools {
  /**
   * Those of these names, in this order. Whoever has them is started or asked.
   * @throws MultiagentError `tool.unknown` for one that nobody has, with what there is; `mcp.failed` for a server that cannot be reached; the signal's reason.
   */
  named(names: readonly string[], signal: AbortSignal): Promise<readonly Tool[]>;
  /** Of a tool that `named` gives for this name. */
  executorOf(name: string): OtherExecutor;
}

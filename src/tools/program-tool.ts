import type { z } from 'zod';
import { printable } from '../utils/printable.ts';
import { redactSecrets } from '../utils/redact-secrets.ts';
import { cutText } from './output/cut-output.ts';
import type { Tool, ToolParameters, ToolRisk } from './tool.ts';

/**
 * A tool that a program brings along. It runs in the program, not in the sandbox.
 * @example
 * import { z } from 'zod';
 * const parameters = z.object({ part: z.string() });
 * const stockOf: ProgramTool<typeof parameters> = {
 *   name: 'stock_of',
 *   description: 'Tells how many pieces of a part are in stock.',
 *   example: 'stock_of("screw")',
 *   parameters,
 *   risk: 'read',
 *   execute: async ({ part }) => `${part.length * 200} pieces`,
 * };
 * const team = new AgentOrchestrator({ workspace: folder, tools: [stockOf] });
 * await team.close();
 */
export interface ProgramTool<Parameters extends ToolParameters = ToolParameters> {
  /** As a model calls it: lower case, of at least two words with `_` between them, such as `stock_of`. */
  readonly name: string;
  /** One or two sentences that a small model understands. */
  readonly description: string;
  /** A call as a model may write it, with the arguments that are usually wanted: `stock_of("screw")`. */
  readonly example: string;
  /** Strings, numbers, booleans and choices between strings, in the order in which a call gives them. What they hold is a model's word: check each path and name. */
  readonly parameters: Parameters;
  /** The most that a call can do. Steps call only what reads; about other tools a person is asked, where the run has one who is. */
  readonly risk: ToolRisk;
  /**
   * Ends soon after the signal is aborted, which is at the latest after about two minutes. `workspace`: the folder of the project.
   * @returns what the model is told. What is too long is cut in its middle.
   * @throws MultiagentError, whose message and hint the model is told. Any other error fails the step.
   */
  execute(given: z.output<Parameters>, context: { signal: AbortSignal; workspace: string }): Promise<string>;
}

/** A tool of a program as all others are called. What it says is made safe to show, and kept as short as theirs. */
export function programTool(tool: ProgramTool): Tool {
  const { name, description, example, parameters, risk } = tool;
  return {
    name,
    description,
    example,
    parameters,
    risk: () => risk,
    async execute(given, { signal, workspace, output, secrets }) {
      const said = await tool.execute(given, { signal, workspace });
      const { text, cut } = cutText(printable(String(redactSecrets(said, { secrets }))), output);
      return { output: text === '' ? 'It said nothing.' : text, isError: false, metadata: {}, ...(cut === undefined ? {} : { cut }) };
    },
  };
}

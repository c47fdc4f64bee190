import { z } from 'zod';
import { defaultLimits } from '../../sandbox/limits.ts';
import type { CommandResult } from '../../sandbox/sandbox.ts';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';
import { printable } from '../../utils/printable.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import { OutputCutter } from '../output/cut-output.ts';
import { errorResult, type Tool, type ToolContext, type ToolResult } from '../tool.ts';
import { guardedPlaces } from './guarded-places.ts';

const parameters = z.object({
  command: z
    .string()
    .min(1, 'it must not be empty')
    .max(10_000, 'it must have at most 10000 characters')
    .refine((command) => !command.includes('\0'), 'it must not contain a zero byte')
    .describe("For the shell, in the project's folder"),
});

/** What the sandbox says of itself where it fails. The output of a command goes elsewhere. */
const mostReason = 4096;

/** A command of a model: always in the sandbox, on the project's folder, with an end. Without a sandbox it is not run, unless a person has switched that off. */
export const executeCommand: Tool<typeof parameters> = {
  name: 'execute_command',
  description: "Runs a command in the project's folder, without input, and shows what it prints.",
  example: 'execute_command("python3 -m unittest")',
  parameters,
  risk: () => 'execute',
  async execute({ command }, context) {
    const probe = await context.sandbox.probe();
    if (probe.state === 'missing')
      return errorResult(`The command was not run, because this machine has no sandbox: ${probe.why}. Go on without commands.`);
    const output = new OutputCutter(context.output);
    const result = await context.sandbox.run({
      command,
      folder: context.workspace,
      guarded: guardedPlaces(context.workspace),
      environment: environmentWithoutSecrets(context.environment, { secrets: context.secrets }),
      network: context.network,
      limits: { ...defaultLimits(context.callMilliseconds), outputBytes: mostReason },
      signal: context.signal,
      onOutput: (chunk) => output.add(chunk),
    });
    return resultOf(result, output, context);
  },
};

function resultOf(result: CommandResult, printed: OutputCutter, { secrets, callMilliseconds }: ToolContext): ToolResult {
  const { outcome, exitCode, durationMilliseconds, outputBytes } = result;
  const clean = (text: string) => String(redactSecrets(text, { secrets }));
  if (outcome === 'not_started') return errorResult(`The command was not run: ${clean(printable(result.output)).trim()}.`);
  const { text, cut } = printed.finish(clean);
  const ending = describeEnding(result, callMilliseconds);
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    output: `${text}${separator}${ending}\n`,
    isError: outcome !== 'passed',
    ...(exitCode === undefined ? {} : { exitCode }),
    metadata: { outcome, durationMilliseconds, outputBytes },
    ...(cut === undefined ? {} : { cut }),
  };
}

function describeEnding({ outcome, exitCode, exceeded }: CommandResult, callMilliseconds: number): string {
  if (exceeded !== undefined) return `[killed: it used too ${exceeded === 'memory' ? 'much memory' : 'many processes'}]`;
  if (outcome === 'timed_out') return `[killed: it did not end within ${callMilliseconds / 1000} seconds]`;
  return exitCode === undefined ? '[killed]' : `[exit code ${exitCode}]`;
}

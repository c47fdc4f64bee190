import { outputTail } from '../../orchestrator/checks/output-tail.ts';

/** The last lines of what a command printed, set off from our own. */
export function indentedTail(output: string): string {
  return outputTail(output)
    .map((line) => `    ${line}\n`)
    .join('');
}

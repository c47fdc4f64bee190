import process from 'node:process';
import { listTools as list, type ToolList } from '../../operations/list-tools.ts';
import { printableLine } from '../../utils/printable.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import type { RunOptions } from '../run-options.ts';
import { safeJson } from '../safe-json.ts';
import { stopSignals } from '../stop-signals.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent tools`: which tools there are, what each can do, and who does it. */
export async function listTools(options: RunOptions): Promise<void> {
  const { settings } = loadRunSettings(options, process.cwd());
  using stop = stopSignals({ say: (text) => void process.stderr.write(text), beforeEnd: () => undefined });
  const found = await list(settings, { environment: process.env, signal: stop.signal });
  if (options.json) process.stdout.write(`${safeJson(document(found))}\n`);
  else writeFolded(toolLines(found));
}

function document({ tools, leftOut, notReached }: ToolList) {
  return { tools, left_out: leftOut, not_reached: notReached.map(({ hint = null, ...rest }) => ({ ...rest, hint })) };
}

/** For people: a line for each tool, then what is missing, and why. */
function toolLines({ tools, leftOut, notReached }: ToolList): string {
  const risks = tools.map((tool) => tool.risks.join('|'));
  const nameWidth = Math.max(...tools.map(({ name }) => name.length));
  const riskWidth = Math.max(...risks.map(({ length }) => length));
  const lines = tools.map(({ name, executor, description }, index) =>
    printableLine(`${name.padEnd(nameWidth)}  ${risks[index]!.padEnd(riskWidth)}  ${executor.padEnd(5)}  ${description}`),
  );
  const missing = [
    ...leftOut.map(({ server, tool, why }) => `Left out: ${tool} of ${server} ${why}.`),
    ...notReached.map(({ why, hint }) => [why, hint].filter((text) => text !== undefined).join(' ')),
  ].map(printableLine);
  return [...lines, ...(missing.length === 0 ? [] : ['', ...missing]), ''].join('\n');
}

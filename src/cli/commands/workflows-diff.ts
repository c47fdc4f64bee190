import process from 'node:process';
import { printableLine, shorten } from '../../utils/printable.ts';
import { compareDefinitions, type DefinitionChange } from '../../workflows/compare-definitions.ts';
import { definitionsHere } from '../definitions/workflows-here.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { workspaceHere } from '../places-here.ts';
import { safeJson } from '../safe-json.ts';
import { findDefinition } from '../definitions/find-definition.ts';
import { writeText } from '../write-folded.ts';
import type { JsonOption } from './workflows.ts';

/** `multiagent workflows diff <before> <after>`: exit code 1 if they differ. */
export async function diffWorkflows(before: string, after: string, { json }: JsonOption): Promise<ExitCode> {
  const definitions = await definitionsHere(await workspaceHere(process.cwd()));
  const [one, other] = [before, after].map((given) => findDefinition(given, definitions).read());
  const { declarations } = definitions.kinds;
  const changes = compareDefinitions(one ?? {}, other ?? {}, (step) => declarations.get(String(step['kind']))?.describe?.(step));
  if (json) process.stdout.write(`${safeJson(changes)}\n`);
  else if (changes.length === 0) writeText('They mean the same.\n');
  else for (const change of changes) writeText(`${changeLine(change)}\n`);
  return changes.length === 0 ? exitCode.completed : exitCode.failed;
}

/** `+` and `-` for steps that are only in the second or the first, `~` for what is in both and differs. */
function changeLine(change: DefinitionChange): string {
  if ('kind' in change) return printableLine(`${change.change === 'added' ? '+' : '-'} ${change.step} (${change.kind})`);
  const place = change.step === undefined ? '' : `${change.step}: `;
  if (change.change === 'reordered')
    return printableLine(`~ ${place}order of the steps: ${change.before.join(', ')} → ${change.after.join(', ')}`);
  return printableLine(`~ ${place}${change.key}: ${valueText(change.before)} → ${valueText(change.after)}`);
}

function valueText(value: unknown): string {
  return value === undefined ? 'absent' : shorten(typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? ''), 120);
}

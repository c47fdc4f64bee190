import { runResult } from '../../orchestrator/results/run-result.ts';
import type { ShownRun } from '../../operations/show-run.ts';
import { isoTime } from '../safe-json.ts';

/** A run as `show --json` and `status --json` print it: its result and its present status, and that of its files if known. */
export function runDocument({ state, status, owner, files }: Omit<ShownRun, 'folders'>): object {
  const result = runResult(state, files);
  const tasks = Object.entries(result.tasks).map(([task, told]) => [
    task,
    told.result === null ? told : { ...told, result: { ...told.result, usage: snakeCase(told.result.usage) } },
  ]);
  return {
    ...result,
    tasks: Object.fromEntries(tasks),
    model: snakeCase(result.model),
    models:
      result.models === null ? null : Object.fromEntries(Object.entries(result.models).map(([name, each]) => [name, snakeCase(each)])),
    later_models: snakeCase(result.later_models),
    usage: snakeCase(result.usage),
    status,
    owner: owner === undefined ? null : { host: owner.host, process: owner.pid },
    edits: state.edits.map(({ path, expected, found, time }) => ({ path, expected, found, time: isoTime(time) })),
  };
}

/** Renames the properties to those of documents: `contextTokens` becomes `context_tokens`. Only for records, because names that are data would be renamed, too. */
export function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [nameOf(name), snakeCase(part)]));
}

function nameOf(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

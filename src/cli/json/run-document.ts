import type { SeenFile } from '../../orchestrator/checks/seen-files.ts';
import { runResult } from '../../orchestrator/results/run-result.ts';
import type { ShownRun } from '../runs/load-shown-run.ts';
import { isoTime } from './iso-time.ts';
import { snakeCase } from './snake-case.ts';

/** A run as `show --json` and `status --json` print it: its result, and what is true of it now, as far as known also of its files. */
export function runDocument({ state, status, owner }: ShownRun, files?: readonly SeenFile[]): object {
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

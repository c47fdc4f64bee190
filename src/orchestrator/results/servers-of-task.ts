import { repliesOf } from '../../state/run/activities-of.ts';
import type { CallRecord, TaskRecord } from '../../state/run/run-state.ts';

/** The servers that a task's calls went to, as far as they were told, in the order of its calls; the same one twice only with another between. */
export function serversOfTask(task: TaskRecord): string[] {
  const servers = callsOf(task).flatMap(({ server }) => (server === undefined ? [] : [server]));
  return servers.filter((server, index) => server !== servers[index - 1]);
}

/** What was lost on the way, and who went on: a sentence for each call that broke off and was followed by another. */
export function takeOvers(task: TaskRecord): string[] {
  const calls = callsOf(task);
  return calls.flatMap(({ server, error }, index) => {
    const next = calls[index + 1];
    if (server === undefined || error === undefined || next?.server === undefined || next.server === server) return [];
    return [`${error.message} ${next.server} took over, from character ${next.continues} on.`];
  });
}

function callsOf(task: TaskRecord): CallRecord[] {
  return repliesOf(task).flatMap(({ calls }) => calls);
}

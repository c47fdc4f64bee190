/** Follows a run that another process works on, from its journal: the other one does not notice, and neither ends with the other. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import process from 'node:process';
import { AgentOrchestrator, followRun, showRun, startRun, withWorkspace } from '@multiagent-team/multiagent';

/** What the other process does. It may as well be the command. */
async function work(): Promise<void> {
  const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' } });
  try {
    const requirement = 'Deleting a bookmark twice crashes. A bookmark has a title and a url. The program is written in Python.';
    const { id, result, events } = startRun(orchestrator, { workflow: 'bug_fix', requirement });
    for await (const event of events()) if (event.type === 'run.started') process.send?.(id);
    await result;
  } finally {
    await orchestrator.close();
  }
}

async function follow(): Promise<void> {
  const child = fork(import.meta.filename, ['work']);
  const [run] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  if (typeof run !== 'string') throw new Error('The other process ended before its run began.');
  await withWorkspace({ workspace: resolve('.') }, async (workspace) => {
    const { signal } = new AbortController();
    for await (const { event } of followRun(workspace, run, { signal }))
      if (event.type === 'task.completed') console.log(`process ${child.pid}: ${event.data.task}`);
    console.log((await showRun(workspace, run)).status);
  });
}

await (process.argv[2] === 'work' ? work() : follow());

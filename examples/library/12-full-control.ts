/** Starts a run, watches it, looks at what it made, and brings that into the project, as the commands do. */
import { AgentOrchestrator, applyRun, changesOfRun, findRun, previewApply, startRun, undoApply } from '@multiagent-team/multiagent';

const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' } });
try {
  const requirement = 'A bookmark manager in Python. A bookmark has a title and a url. Bookmarks can be added, listed and deleted.';
  // At once: the run has an id before it has begun.
  const { id, result, events } = startRun(orchestrator, { workflow: 'feature_development', requirement });
  // Whatever keeps it from beginning rejects this, and ends the events.
  const ended = result.then(({ status }) => status);
  ended.catch(() => undefined);
  for await (const event of events()) if (event.type === 'task.completed') console.log(`done: ${event.data.task}`);
  console.log(`${await ended}: ${id === (await findRun(orchestrator)) ? 'it is the newest' : id}`);

  for (const { task, path } of await changesOfRun(orchestrator, id)) console.log(`${task} wrote ${path}`);

  // Nothing is written before `applyRun`, and then only what was shown.
  const preview = await previewApply(orchestrator, id);
  for (const { path, before } of preview.plan.changes) console.log(`${before === undefined ? 'new' : 'changed'}: ${path}`);
  await applyRun(orchestrator, preview);
  const { removed } = await undoApply(orchestrator, id);
  console.log(`taken back: ${removed.length} of ${preview.plan.changes.length} files`);
} finally {
  await orchestrator.close();
}

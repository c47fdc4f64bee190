/** A conversation with one agent: each turn is a run on top of those before it, and the newest can be taken back. */
import { AgentOrchestrator, beginSession, type StartedRun, takeTurn, undoTurn } from '@multiagent-team/multiagent';

const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' } });

async function tell({ id, result }: StartedRun): Promise<string> {
  const { status, tasks } = await result;
  const turn = Object.values(tasks).at(-1);
  console.log(
    `${turn?.task_id}: ${status}`,
    turn?.result?.files_created.map(({ path }) => path),
  );
  return id;
}

try {
  const message = 'Implement a bookmark manager in Python. A bookmark has a title and a url. Bookmarks can be added and listed.';
  const first = await tell(beginSession(orchestrator, { message, given: { files: [] } }));
  const second = await tell(await takeTurn(orchestrator, first, { message: 'Implement deleting a bookmark, too.', session: 'same' }));

  // Its files, in the session and where they were applied, and what was said in it.
  const { files, run } = await undoTurn(orchestrator, second);
  console.log('taken back:', files, run === first);
  await tell(await takeTurn(orchestrator, run, { message: 'Implement renaming a bookmark instead.', session: 'same' }));
} finally {
  await orchestrator.close();
}

/** A journal of one's own, around that of the workspace: every event also becomes a line of a file, for whatever reads lines. */
import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AgentOrchestrator, type EventStore, WorkflowEngine, withWorkspace } from '@multiagent-team/multiagent';

/** Only `append` differs. A store that does everything itself has the whole contract to keep: see `EventStore`. */
function withLines(store: EventStore, file: string): EventStore {
  const append: EventStore['append'] = async (options) => {
    // First the journal: what it refuses has not happened.
    const events = await store.append(options);
    await appendFile(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    return events;
  };
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = name === 'append' ? append : Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

await withWorkspace(
  { workspace: resolve('.') },
  async ({ store }) => {
    const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' }, store: withLines(store, 'events.jsonl') });
    try {
      const requirement = 'Deleting a bookmark twice crashes. A bookmark has a title and a url. The program is written in Python.';
      const { status } = await new WorkflowEngine(orchestrator).executeWorkflow('bug_fix', requirement);
      console.log(`${status}: ${(await store.list()).length} run in the journal`);
    } finally {
      await orchestrator.close();
    }
  },
  'create',
);

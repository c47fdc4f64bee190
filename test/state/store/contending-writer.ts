/** A process of its own for tests: appends a number of events to a stream that others append to as well. */
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { note } from './sample-events.ts';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
const store = SqliteEventStore.open({ path });
let appended = 0;
while (appended < Number(count)) {
  const [stream] = await store.list({ prefix: 'run:a', limit: 1 });
  try {
    await store.append({
      stream: 'run:a',
      expectedSequence: stream?.sequence ?? 0,
      events: [note(`${name} ${appended}`)],
      durability: 'normal',
    });
    appended += 1;
  } catch (error) {
    if (!(error instanceof MultiagentError) || error.code !== 'journal.conflict') throw error;
  }
}
await store.close();

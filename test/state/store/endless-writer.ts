/** A process of its own for tests: appends three events at a time until it is killed, and prints the last sequence after each append. */
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { note } from './sample-events.ts';

const store = SqliteEventStore.open({ path: String(process.argv[2]) });
for (let sequence = 0; ; sequence += 3) {
  const durability = sequence % 2 === 0 ? 'full' : 'normal';
  await store.append({ stream: 'run:a', expectedSequence: sequence, events: [note('x'.repeat(5_000)), note('y'), note('z')], durability });
  process.stdout.write(`${sequence + 3}\n`);
}

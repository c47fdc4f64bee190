import { SqliteEventStore } from '../../src/state/store/sqlite-event-store.ts';

/** The types of a run's events behind a sequence, with the activity that they are about. */
export async function eventsOf(journal: string, run: string, after: number): Promise<{ type: string; activity: string | undefined }[]> {
  const store = SqliteEventStore.open({ path: journal });
  try {
    const found = [];
    for await (const { type, data } of store.read(`run:${run}`, { after }))
      found.push({ type, activity: 'activity' in data ? String(data.activity) : undefined });
    return found;
  } finally {
    await store.close();
  }
}

import { existsSync } from 'node:fs';
import { readlink, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pointLatest } from '../../orchestrator/results/point-latest.ts';
import { runFolders } from '../../orchestrator/run/run-folders.ts';
import type { EventStore } from '../../state/store/event-store.ts';

/** Makes `latest` point to the newest run of the journal whose files lie in this output folder; without one there is no `latest`. */
export async function mendLatest(store: EventStore, output: string): Promise<void> {
  const { latest } = runFolders({ output, run: '-', workflow: '-' });
  const streams = (await store.list({ prefix: 'run:' })).toSorted((a, b) => b.firstTime - a.firstTime);
  const newest = streams.map(({ stream }) => join(output, 'generated', stream.slice('run:'.length))).find((folder) => existsSync(folder));
  if (newest !== undefined) {
    await pointLatest(latest, newest);
    return;
  }
  // Only a link that leads nowhere: a folder of that name is a person's own.
  const target = await readlink(latest).catch(() => undefined);
  if (target !== undefined && !existsSync(resolve(output, 'generated', target))) await rm(latest, { force: true });
}

import { existsSync } from 'node:fs';
import { readlink, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RunFolder } from '../files/disk/run-folder.ts';
import { pointLatest } from '../orchestrator/results/point-latest.ts';
import type { RunFolders } from '../orchestrator/journal/run-folders.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { isRunId } from '../utils/run-id.ts';
import { runsNewestFirst } from './find-run.ts';

/** Makes `latest` point to the newest run of the journal whose files are in this output folder. Removes `latest` where there is no such run. */
export async function updateLatest(store: EventStore, folders: RunFolders): Promise<void> {
  const { latest, within } = folders;
  const names = (await runsNewestFirst(store)).filter(isRunId);
  const newest = names.map((name) => join(dirname(latest), name)).find((folder) => existsSync(folder));
  if (newest !== undefined) {
    await pointLatest(folders, newest);
    return;
  }
  // Only a dangling link is removed: a folder of that name belongs to a person.
  using above = await new RunFolder(dirname(latest), { within }).open();
  const place = above?.entry(basename(latest));
  const target = place === undefined ? undefined : await readlink(place).catch(() => undefined);
  if (place !== undefined && target !== undefined && !existsSync(resolve(dirname(latest), target))) await rm(place, { force: true });
}

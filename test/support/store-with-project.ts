import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EventData } from '../../src/events/run-stream-events.ts';
import type { EventStore } from '../../src/state/store/event-store.ts';
import { hashContent } from '../../src/utils/hash-content.ts';

type Project = NonNullable<EventData<'run.started'>['input']['project']>;

/** Puts these files into a folder. */
export function writeProject(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Has every run that begins in this store know that these files are in its project, of which it shows none. */
export function knowingProject<Store extends Pick<EventStore, 'append' | 'putContent'>>(
  store: Store,
  files: Readonly<Record<string, string>>,
  more: Partial<Project> = {},
): Store {
  const append = store.append.bind(store);
  store.append = async (options) => {
    const { stream } = options;
    const lines = Object.entries(files).map(([path, content]) =>
      JSON.stringify({ path, sha256: hashContent(content), bytes: Buffer.byteLength(content) }),
    );
    const events = await Promise.all(
      options.events.map(async (event) => {
        if (event.type !== 'run.started') return event;
        const base = await store.putContent(Buffer.from(lines.join('\n')), { stream });
        const project = {
          standing: '',
          relevant: '',
          base,
          fileCount: lines.length,
          tokens: 0,
          near: [],
          skills: [],
          leftOut: [],
          ...more,
        };
        return { ...event, data: { ...event.data, input: { ...event.data.input, project } } };
      }),
    );
    return append({ ...options, events });
  };
  return store;
}

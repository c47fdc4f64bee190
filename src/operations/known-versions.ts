import { runStream } from '../events/run-stream.ts';
import { RunFolder } from '../files/disk/run-folder.ts';
import type { KnownVersions } from '../project/changes/apply-files.ts';
import type { BackedUpFile } from '../project/changes/file-backups.ts';
import { projectBase } from '../orchestrator/artifacts/project-base.ts';
import type { RunState } from '../state/run/run-state.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { hashContent } from '../utils/hash-content.ts';
import { isRunId } from '../utils/run-id.ts';
import { backupsOf, runsWithBackups } from './project-backups.ts';

export interface KnownVersionsOptions {
  store: EventStore;
  workspace: string;
  state: RunState;
}

/**
 * What is known of the project's files: the version that the run, or one that it builds on, applied to the project last; else the version that was there when the run began.
 * Of files that the run was not given whole only the hash is known: their version is the project's own as long as that has not changed. A record that cannot be read is left out, so that more conflicts are reported.
 */
export async function knownVersions({ store, workspace, state }: KnownVersionsOptions): Promise<KnownVersions> {
  const read = new Map(state.input.files.map(({ path, content }) => [path, content]));
  const contentOf = (sha256: string) => store.getContent(sha256);
  const there = await projectBase(state, contentOf);
  const project = new RunFolder(workspace);
  const brought = new Set<string>();
  for (const run of await runsWithBackups(workspace)) {
    for (const { file } of await broughtBy(workspace, run)) {
      const sha256 = file.brought ?? file.after;
      if (sha256 !== null) brought.add(keyOf(file.path, sha256));
    }
  }
  const last = new Map<string, BroughtFile>();
  for (const run of await lineOf(store, state)) {
    for (const broughtFile of await broughtBy(workspace, run)) {
      if (!last.has(broughtFile.file.path)) last.set(broughtFile.file.path, broughtFile);
    }
  }
  return {
    async base(path) {
      const applied = last.get(path);
      const sha256 = applied?.file.brought ?? applied?.file.after ?? null;
      if (applied !== undefined) return sha256 === null ? undefined : ((await applied.content()) ?? store.getContent(sha256));
      const text = read.get(path);
      if (text !== undefined) return Buffer.from(text);
      const unseen = there.get(path);
      if (unseen === undefined) return undefined;
      const now = await project.read(path);
      return now !== undefined && hashContent(now) === unseen.sha256 ? now : contentOf(unseen.sha256);
    },
    // What was brought and taken away again by hand is told by `base`.
    wasThere: (path) => there.has(path) && !last.has(path),
    wasBrought: (path, content) => brought.has(keyOf(path, hashContent(content))),
  };
}

function keyOf(path: string, sha256: string): string {
  return `${sha256} ${path}`;
}

/** The run and the runs that it builds on, newest first. */
async function lineOf(store: EventStore, state: RunState): Promise<string[]> {
  const line = [state.run];
  for (let next = state.inherits?.run; next !== undefined && !line.includes(next);) {
    line.push(next);
    next = await parentOf(store, next);
  }
  return line.filter(isRunId);
}

/** Undefined for a run that was removed. */
async function parentOf(store: EventStore, run: string): Promise<string | undefined> {
  for await (const event of store.read(runStream(run))) return event.type === 'run.started' ? event.data.inherits?.run : undefined;
  return undefined;
}

interface BroughtFile {
  file: BackedUpFile;
  content: () => Promise<Uint8Array | undefined>;
}

/** Newest first. */
async function broughtBy(workspace: string, run: string): Promise<BroughtFile[]> {
  const backups = backupsOf(workspace, run);
  const files: BroughtFile[] = [];
  try {
    for await (const backup of backups.newestFirst())
      for (const file of backup.files) files.push({ file, content: () => backups.broughtContent(backup, file) });
  } catch {
    // `multiagent undo --applied` reports what is wrong with it.
  }
  return files;
}

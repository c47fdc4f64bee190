import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPath, refuseProjectPath } from '../../files/disk/path-policy.ts';
import { RunFolder } from '../../files/disk/run-folder.ts';
import { isSecretFileName } from '../../utils/credential-names.ts';
import { holdsSecret } from '../../project/choosing/unread-files.ts';
import { hashContent } from '../../utils/hash-content.ts';
import type { BaseFile } from '../artifacts/project-base.ts';
import { bearsOnChecks } from './files-for-check.ts';
import { layOutFiles } from './lay-out-files.ts';
import { findProjectPackages, linkProjectPackages } from './project-packages.ts';
import type { SeenFile } from './seen-files.ts';

/** The files of a project that lie below those of a run where something checks them: as they are on the disk, without those that the run has changed. */
export interface ProjectBelow {
  /** Equal where the same files bear on checks; empty where no project lies below. */
  key: string;
  /** Relative to the project, with `/`. */
  paths: ReadonlySet<string>;
  /** Those that are not what they were when the run began; undefined where no project lies below. */
  changed: SeenFile[] | undefined;
  /** Why a project that the run knows does not lie below; a sentence without its end. */
  leftOut?: string | undefined;
  /** Absolute: its folders of packages, to be read and not changed. */
  readable: readonly string[];
  read: (path: string) => Promise<Uint8Array | undefined>;
  /** Copies it into a folder, where the packages of the project are linked. @throws Error where a file is not what it was when it was looked at. */
  layOut: (folder: string) => Promise<void>;
}

export const nothingBelow: ProjectBelow = {
  key: '',
  paths: new Set(),
  changed: undefined,
  readable: [],
  read: async () => undefined,
  layOut: async () => undefined,
};

export interface LookBelowOptions {
  /** Absolute: the project. */
  project: string;
  /** Absolute: a folder around it, or itself, below which no link is followed. */
  within: string;
  /** Absolute: where its packages are, if they are not beside its files. */
  packages: string;
  /** What was there when the run began. */
  base: ReadonlyMap<string, BaseFile>;
  /** What else of it commands may need. Relative to the project, with `/`; what holds a secret is left out. */
  unread?: readonly string[] | undefined;
  /** Files that the run has changed or removed. */
  without: ReadonlySet<string>;
  /** Contents that count instead of those on the disk. */
  instead?: ReadonlyMap<string, string> | undefined;
}

/** Every command gets a copy of its own: a project that takes longer to copy than to test is not copied. */
const most = { files: 20_000, bytes: 512 * 1024 * 1024, bytesOfFile: 64 * 1024 * 1024 };
const atOnce = 16;

/** Looks at the files of a project as they are now. Nothing is read that its list does not name, that a link leads to, or that holds keys by its name. */
export async function lookBelow({
  project,
  within,
  packages,
  base,
  unread = [],
  without,
  instead = new Map(),
}: LookBelowOptions): Promise<ProjectBelow> {
  const wanted = [...base.values()].filter(({ path }) => !without.has(path) && isPlain(path));
  const bytes = wanted.reduce((sum, file) => sum + file.bytes, 0);
  if (wanted.length > most.files || bytes > most.bytes) return { ...nothingBelow, leftOut: tooLarge(wanted.length, bytes) };
  const others = await thoseThatFit(
    project,
    unread.filter((path) => !base.has(path) && !without.has(path) && isPlain(path)),
    {
      files: most.files - wanted.length,
      bytes: most.bytes - bytes,
    },
  );
  const folder = new RunFolder(project, { within });
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const given = instead.get(path);
    if (given !== undefined) return Buffer.from(given);
    if (!base.has(path) && !others.has(path)) return undefined;
    const size = await sizeOf(join(project, path));
    return size === undefined || size > most.bytesOfFile ? undefined : folder.read(path);
  };
  const found = new Map<string, string>();
  const changed: SeenFile[] = [];
  await inTurns(wanted, async ({ path, sha256 }) => {
    const content = await read(path);
    const now = content === undefined ? undefined : hashContent(content);
    if (now !== undefined) found.set(path, now);
    if (now !== sha256) changed.push(now === undefined ? { path } : { path, sha256: now });
  });
  await inTurns([...others], async (path) => {
    const content = await read(path);
    if (content !== undefined && !holdsSecret(content)) found.set(path, hashContent(content));
  });
  const paths = new Set([...found.keys()].toSorted());
  const beside = await findProjectPackages(packages, paths);
  return {
    key: keyOf(
      found,
      [...paths].filter((path) => others.has(path) || bearsOnChecks(path)),
    ),
    paths,
    changed: changed.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    readable: beside.readable,
    read: async (path) => (paths.has(path) ? read(path) : undefined),
    async layOut(copy) {
      await inTurns([...paths], async (path) => {
        const content = await read(path);
        if (content === undefined || hashContent(content) !== found.get(path))
          throw new Error(`${path} of the project was changed at the very moment when it was copied`);
        await layOutFiles(copy, [{ path, content }]);
      });
      await linkProjectPackages(copy, beside);
    },
  };
}

/** A list may have come along with a project. */
function isPlain(path: string): boolean {
  const checked = checkPath(path);
  return (
    checked.kind !== 'refused' &&
    checked.path === path &&
    refuseProjectPath(path) === undefined &&
    !isSecretFileName(path.slice(path.lastIndexOf('/') + 1))
  );
}

/** All of them or none: without some of its data a test would fail for no fault of the team. */
async function thoseThatFit(
  project: string,
  paths: readonly string[],
  { files, bytes }: { files: number; bytes: number },
): Promise<ReadonlySet<string>> {
  if (paths.length > files) return new Set();
  let sum = 0;
  await inTurns(paths, async (path) => {
    sum += (await sizeOf(join(project, path))) ?? 0;
  });
  return new Set(sum > bytes ? [] : paths);
}

function sizeOf(path: string): Promise<number | undefined> {
  return lstat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}

function keyOf(found: ReadonlyMap<string, string>, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\n${found.get(path)}\n`);
  return hash.digest('hex');
}

function tooLarge(files: number, bytes: number): string {
  return files > most.files
    ? `the project has ${files} files, and at most ${most.files} are copied for a check`
    : `the project has ${Math.ceil(bytes / 2 ** 20)} MiB, and at most ${most.bytes / 2 ** 20} MiB are copied for a check`;
}

async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

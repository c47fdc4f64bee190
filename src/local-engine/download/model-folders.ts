import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hasQuantisation, partMark } from './model-reference.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where `multiagent model pull` puts the files of a repository. */
export function folderOfRepository(cache: string, repository: string): string {
  return join(cache, 'models', ...repository.split('/'));
}

/** The folder where llama-server and Python's tools keep downloads; the variables are read in their order of precedence. */
export function hubFolder(environment: Environment, home: string): string {
  const named = ['LLAMA_CACHE', 'HF_HUB_CACHE', 'HUGGINGFACE_HUB_CACHE'].map((name) => environment[name]).find(Boolean);
  if (named !== undefined) return named;
  if (environment['HF_HOME']) return join(environment['HF_HOME'], 'hub');
  return join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'huggingface', 'hub');
}

export interface LocalModelOptions {
  repository: string;
  quantisation: string;
  /** This program's own cache folder. */
  cache: string;
  /** See `hubFolder`. */
  hub: string;
}

/** The file of a model that is already here, whichever program downloaded it. For a divided model, the first part, and only if all parts are here. */
export function findLocalModel({ repository, quantisation, cache, hub }: LocalModelOptions): string | undefined {
  const snapshots = join(hub, `models--${repository.replaceAll('/', '--')}`, 'snapshots');
  const folders = [folderOfRepository(cache, repository), ...entries(snapshots).flatMap((name) => withSubfolders(join(snapshots, name)))];
  for (const folder of folders) {
    const names = entries(folder)
      .filter((name) => hasQuantisation(name, quantisation) && isFile(join(folder, name)))
      .sort((first, second) => first.length - second.length || first.localeCompare(second));
    const found = names.find((name) => partsOf(name).every((part) => names.includes(part)));
    if (found !== undefined) return join(folder, found);
  }
  return undefined;
}

/** The names of all files of a model, given its first or only one. */
export function partsOf(name: string): string[] {
  const stem = name.replace(/\.gguf$/i, '');
  const [mark, , count] = partMark.exec(stem) ?? [];
  if (mark === undefined) return [name];
  const end = name.slice(stem.length);
  return Array.from(
    { length: Number(count) },
    (_, index) => `${stem.slice(0, -mark.length)}-${String(index + 1).padStart(5, '0')}-of-${count}${end}`,
  );
}

/** The size of a model on disk with all its parts, in bytes. */
export function bytesOfModel(file: string): number {
  return partsOf(basename(file)).reduce((sum, name) => sum + (statSync(join(file, '..', name), { throwIfNoEntry: false })?.size ?? 0), 0);
}

function withSubfolders(folder: string): string[] {
  return [folder, ...entries(folder).map((name) => join(folder, name))];
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

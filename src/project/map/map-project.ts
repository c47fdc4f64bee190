import { hashContent } from '../../utils/hash-content.ts';
import type { MappedFile, ProjectMap } from './project-map.ts';

/** The files to map, and how they are read: what was chosen of a project. */
interface FilesToMap {
  readonly root: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Undefined for a file that cannot be read as text, or is no longer there. */
  read(path: string): Promise<string | undefined>;
}

interface MapOptions {
  signal?: AbortSignal | undefined;
  /** Called about once per hundred files, and at the end. */
  onProgress?: ((done: number, of: number) => void) | undefined;
}

/** So many files are open at once. */
const atOnce = 16;
const progressEvery = 100;

/** @throws the signal's reason as soon as it is aborted. */
export async function mapProject(chosen: FilesToMap, { signal, onProgress }: MapOptions): Promise<ProjectMap> {
  const paths = chosen.files.map(({ path }) => path).toSorted();
  const files: MappedFile[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < paths.length) {
      signal?.throwIfAborted();
      const path = paths[next++]!;
      const content = await chosen.read(path);
      if (content !== undefined) {
        files.push({ path, bytes: Buffer.byteLength(content), sha256: hashContent(content), imports: [], names: [] });
      }
      done += 1;
      if (done % progressEvery === 0 || done === paths.length) onProgress?.(done, paths.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { files, signaturesOf: () => Promise.resolve([]) };
}

import type { CheckedFiles } from '../../verification/checked-files.ts';
import { nothingBelow, type ProjectBelow } from './project-below.ts';

/** Files of a run, and those of the project below, as what recognises projects reads them. */
export function textsOfFiles(
  files: readonly { path: string; content: string | Uint8Array }[],
  below: Pick<ProjectBelow, 'paths' | 'read'> = nothingBelow,
): CheckedFiles {
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const read = async (path: string) => {
    const content = contents.get(path) ?? (await below.read(path));
    return content === undefined || typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
  };
  return { paths: [...new Set([...below.paths, ...contents.keys()])], read };
}

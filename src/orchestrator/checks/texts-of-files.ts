import type { CheckedFiles } from '../../verification/checked-files.ts';

/** Files of a run as what recognises projects reads them. */
export function textsOfFiles(files: readonly { path: string; content: string | Uint8Array }[]): CheckedFiles {
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const read = async (path: string) => {
    const content = contents.get(path);
    return content === undefined || typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
  };
  return { paths: [...contents.keys()], read };
}

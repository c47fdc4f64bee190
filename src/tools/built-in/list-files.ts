import { realpathSync } from 'node:fs';
import { z } from 'zod';
import { type EntryBelow, listBelow } from '../../project/below/list-below.ts';
import { readIgnoreFile } from '../../project/choosing/ignore-file.ts';
import { shownPath } from '../../project/map/shown-path.ts';
import { shownName } from '../../utils/printable.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';
import { cutText } from '../output/cut-output.ts';
import { errorResult, type Tool } from '../tool.ts';
import { projectPath } from './project-path.ts';

const parameters = z.object({
  folder: z.string().optional().describe("Relative to the project's folder; without it, that folder itself"),
});

/** Behind a name that is no file; a link is not followed. */
const endings: Readonly<Record<EntryBelow['kind'], string>> = { file: '', folder: '/', link: ' (a link)', other: ' (no regular file)' };

/** Neither belongs to the project. */
const closed: ReadonlySet<string> = new Set(['.git', ownFolderName]);

/** What is in one folder of the project. What it keeps from the team is not there. */
export const listFiles: Tool<typeof parameters> = {
  name: 'list_files',
  description: 'Lists the files and folders in a folder of the project. Names of folders end with /.',
  example: 'list_files()',
  parameters,
  risk: () => 'read',
  async execute({ folder: name = '' }, { workspace, output }) {
    const place = projectPath(name, 'folder');
    if (place.kind === 'refused') return errorResult(place.message);
    const { path } = place;
    const ignored = readIgnoreFile(realpathSync(workspace));
    const found = path !== '' && ignored.isIgnored(`${path}/`) ? { kind: 'missing' as const } : listBelow(workspace, path);
    if (found.kind === 'missing') return errorResult(`There is no folder '${shownName(path)}'.`);
    if (found.kind === 'unfit') return errorResult(`'${shownName(path)}' cannot be listed: ${found.reason}.`);
    const inside = path === '' ? '' : `${path}/`;
    const entries = found.entries.filter(
      ({ name, kind }) => !closed.has(name.toLowerCase()) && !ignored.isIgnored(`${inside}${name}${kind === 'folder' ? '/' : ''}`),
    );
    const lines = entries.map(({ name, kind }) => `${shownPath(name)}${endings[kind]}\n`);
    const more = found.more ? `There is more in this folder: only ${found.entries.length} names were looked at.\n` : '';
    const { text, cut } = cutText(`${lines.join('')}${more}`, output);
    const shown = text === '' ? 'The folder is empty.\n' : text;
    return { output: shown, isError: false, metadata: { folder: path, entries: entries.length }, ...(cut === undefined ? {} : { cut }) };
  },
};

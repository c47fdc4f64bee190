import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { chooseFiles } from '../../project/choosing/choose-files.ts';
import type { ChosenFiles } from '../../project/choosing/chosen-files.ts';
import { shownPath } from '../../project/map/shown-path.ts';
import { printableLine, shorten, shownName } from '../../utils/printable.ts';
import { cutText } from '../output/cut-output.ts';
import { errorResult, type Tool, type ToolContext } from '../tool.ts';
import { projectPath } from './project-path.ts';
import { withoutHint } from './without-hint.ts';

const tooLong = 'it must have at most 200 characters';
const parameters = z.object({
  text: z
    .string()
    .min(1, 'it must not be empty')
    .max(200, tooLong)
    .regex(/^[^\r\n]*$/, 'it must be a part of one line')
    .describe('What to look for, letter by letter; case does not matter'),
  folder: z.string().optional().describe("Relative to the project's folder; without it, the whole project"),
});

const mostHits = 200;
const mostNames = 5;
/** After so many files others get their turn. */
const breathEvery = 50;
/** Of a line that is shown, in characters. */
const longestLine = 200;

/** Where a text stands in the files that the team may read. Never an expression: a model's could take for ever. */
export const searchFiles: Tool<typeof parameters> = {
  name: 'search_files',
  description: 'Finds the lines of the project that contain a text. It is taken letter by letter; case does not matter.',
  example: 'search_files("some words")',
  parameters,
  risk: () => 'read',
  async execute({ text, folder: name = '' }, context) {
    const place = projectPath(name, 'folder');
    if (place.kind === 'refused') return errorResult(place.message);
    const { workspace, environment, signal, output } = context;
    const folders = place.path === '' ? [] : [place.path];
    const chosen = await chooseFiles({ root: workspace, folders, environment, signal }).catch(withoutHint);
    if ('isError' in chosen) return chosen;
    const { hits, more } = await search(chosen, text.toLowerCase(), context);
    const head = hits.length === 0 ? nothingFound(text, chosen.files) : '';
    const rest = more ? `There are more: only the first ${mostHits} lines are shown. Search in a folder, or for a longer text.\n` : '';
    const { text: shown, cut } = cutText(`${head}${hits.join('')}${rest}`, output);
    const metadata = { hits: hits.length, files: chosen.files.length, more };
    return { output: shown, isError: false, metadata, ...(cut === undefined ? {} : { cut }) };
  },
};

/** A model that looks for a file is told its path. */
function nothingFound(text: string, files: ChosenFiles['files']): string {
  const named = files.filter(({ path }) => path.toLowerCase().includes(text.toLowerCase())).slice(0, mostNames);
  const paths = named.length === 0 ? '' : ` It stands in the names of files: ${named.map(({ path }) => shownPath(path)).join(', ')}.`;
  return `No line contains '${shownName(text)}'. Files that were searched: ${files.length}.${paths}\n`;
}

async function search(
  { files, read }: Pick<ChosenFiles, 'files' | 'read'>,
  wanted: string,
  { signal }: ToolContext,
): Promise<{ hits: string[]; more: boolean }> {
  const hits: string[] = [];
  for (const [number, { path }] of files.entries()) {
    // Reading waits for nobody, so that others would not get their turn.
    if (number % breathEvery === 0) await setImmediate();
    signal.throwIfAborted();
    const lines = ((await read(path)) ?? '').split('\n');
    for (const [index, line] of lines.entries()) {
      const at = line.toLowerCase().indexOf(wanted);
      if (at === -1) continue;
      if (hits.length === mostHits) return { hits, more: true };
      hits.push(`${shownPath(path)}:${index + 1}: ${around(line, at)}\n`);
    }
  }
  return { hits, more: false };
}

/** A line, or the part of a long one in which the text stands. */
function around(line: string, at: number): string {
  const start = line.length <= longestLine ? 0 : Math.max(0, at - 40);
  return `${start === 0 ? '' : '…'}${shorten(printableLine(line.slice(start, start + 2 * longestLine).trim()), longestLine)}`;
}

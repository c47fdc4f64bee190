import { z } from 'zod';
import { readShownFile } from '../../project/choosing/read-shown-file.ts';
import { shownName } from '../../utils/printable.ts';
import { cutText } from '../output/cut-output.ts';
import { linesOf } from '../output/lines-of.ts';
import { errorResult, type Tool } from '../tool.ts';
import { projectPath } from './project-path.ts';

const whole = 'it must be a whole number, from 1';
const parameters = z.object({
  path: z.string().describe("Relative to the project's folder, such as src/main.ts"),
  first_line: z.number(whole).int(whole).min(1, whole).optional().describe('Where to begin; without it, at the beginning'),
  line_count: z.number(whole).int(whole).min(1, whole).optional().describe('How many lines; without it, all'),
});

/** The text of a file of the project, as it is: whoever edits it has to quote it. */
export const readFile: Tool<typeof parameters> = {
  name: 'read_file',
  description: 'Shows the text of a file of the project, or a part of its lines.',
  example: 'read_file("README.md")',
  parameters,
  risk: () => 'read',
  async execute({ path: name, first_line: first = 1, line_count: count }, { workspace, output }) {
    const place = projectPath(name, 'file');
    if (place.kind === 'refused') return errorResult(place.message);
    const { path } = place;
    const found = readShownFile(workspace, path);
    if (found.kind === 'missing') return errorResult(`There is no file '${shownName(path)}'. list_files shows what is in a folder.`);
    if (found.kind === 'unfit') return errorResult(`'${shownName(path)}' cannot be read: ${found.reason}.`);
    const lines = linesOf(found.text);
    if (first > Math.max(1, lines.length)) return errorResult(`'${shownName(path)}' has only ${lines.length} lines.`);
    const wanted = lines.slice(first - 1, count === undefined ? undefined : first - 1 + count);
    const { text, cut } = cutText(wanted.join(''), output);
    const metadata = { path, firstLine: first, shownLines: wanted.length, lines: lines.length };
    return { output: text, isError: false, metadata, ...(cut === undefined ? {} : { cut }) };
  },
};

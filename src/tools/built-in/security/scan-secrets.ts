import { realpathSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { listBelow } from '../../../project/below/list-below.ts';
import { readTextBelow } from '../../../project/below/read-text-below.ts';
import { chooseFiles } from '../../../project/choosing/choose-files.ts';
import type { ChosenFiles } from '../../../project/choosing/chosen-files.ts';
import { type FoundSecret, secretsIn } from '../../../project/choosing/find-secret.ts';
import { mostBytes } from '../../../project/choosing/judge-content.ts';
import { shownPath } from '../../../project/map/shown-path.ts';
import { isSecretFileName } from '../../../utils/credential-names.ts';
import { shownName } from '../../../utils/printable.ts';
import { cutText } from '../../output/cut-output.ts';
import { errorResult, type Tool, type ToolContext, type ToolResult } from '../../tool.ts';
import { projectPath } from '../project-path.ts';
import { withoutHint } from '../without-hint.ts';
import { assignedSecrets } from './assigned-secrets.ts';

const parameters = z.object({
  folder: z.string().optional().describe("Relative to the project's folder; without it, the whole project"),
});

const most = { hits: 300, ofFile: 20 };
const breathEvery = 50;

/**
 * Where keys and passwords stand in the project, and of which kind, never what they are. It looks at the project itself, too: a copy of it is laid out without what holds
 * secrets.
 */
export const scanSecrets: Tool<typeof parameters> = {
  name: 'scan_secrets',
  description: 'Finds keys, tokens and passwords that stand in files of the project: where and of which kind, never what they are.',
  example: 'scan_secrets()',
  parameters,
  risk: () => 'read',
  async execute({ folder: name = '' }, context) {
    const place = projectPath(name, 'folder');
    if (place.kind === 'refused') return errorResult(place.message);
    const { workspace, project } = context;
    const roots = [...new Set([workspace, project].map((path) => realpathSync(path)))];
    const known = new Set<string>();
    const scans: (Scan | ToolResult)[] = [];
    // The copy first: what a run has written stands above what is in the project.
    for (const root of roots) scans.push(await scan(root, place.path, context, known));
    const done = scans.filter((scanned) => 'hits' in scanned);
    const failed = scans.find((scanned) => 'isError' in scanned);
    if (done.length === 0 && failed !== undefined) return failed;
    const hits = done.flatMap((scanned) => scanned.hits).toSorted(byPlace);
    const lines = hits.slice(0, most.hits).map(({ path, line, what }) => `${shownPath(path)}${line === 0 ? '' : `:${line}`}: ${what}\n`);
    const unread = done.reduce((sum, scanned) => sum + scanned.unread, 0);
    const { text, cut } = cutText(`${lines.join('')}${ending(hits, { files: known.size, unread })}`, context.output);
    return { output: text, isError: false, metadata: { hits: hits.length, files: known.size }, ...(cut === undefined ? {} : { cut }) };
  },
};

interface Hit extends FoundSecret {
  path: string;
}

interface Scan {
  hits: Hit[];
  /** Files that look like secrets and were too many to be looked at. */
  unread: number;
}

function byPlace(one: Hit, other: Hit): number {
  if (one.path === other.path) return one.line - other.line;
  return one.path < other.path ? -1 : 1;
}

/** @param known What was looked at; grows. */
async function scan(root: string, folder: string, { environment, signal }: ToolContext, known: Set<string>): Promise<Scan | ToolResult> {
  const listed = listBelow(root, folder);
  if (listed.kind === 'missing') return errorResult(`There is no folder '${shownName(folder)}'.`);
  if (listed.kind === 'unfit') return errorResult(`'${shownName(folder)}' cannot be looked at: ${listed.reason}.`);
  // All of the project: where one folder is named, files that look like secrets are an error.
  const chosen = await chooseFiles({ root, environment, signal }).catch(withoutHint);
  if ('isError' in chosen) return chosen;
  const secrets = chosen.leftOut.find(({ reason }) => reason === 'secret');
  const kept = secrets?.examples ?? [];
  const paths = [...chosen.files.map(({ path }) => path), ...kept].filter((path) => !known.has(path) && isWithin(folder, path));
  const hits: Hit[] = [];
  for (const [number, path] of paths.entries()) {
    // Reading waits for nobody, so that others would not get their turn.
    if (number % breathEvery === 0) await setImmediate();
    signal.throwIfAborted();
    known.add(path);
    hits.push(...hitsIn(path, await textOf(chosen, path, kept.includes(path))));
  }
  return { hits, unread: (secrets?.count ?? 0) - kept.length };
}

function isWithin(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

async function textOf(chosen: ChosenFiles, path: string, isKept: boolean): Promise<string> {
  if (!isKept) return (await chosen.read(path)) ?? '';
  const found = readTextBelow(chosen.root, path, mostBytes);
  return found.kind === 'text' ? found.text : '';
}

function hitsIn(path: string, text: string): Hit[] {
  const byName = isSecretFileName(path.slice(path.lastIndexOf('/') + 1));
  const hits: Hit[] = byName ? [{ path, line: 0, what: 'by its name, it holds keys or passwords' }] : [];
  for (const found of secretsIn(text)) if (hits.length < most.ofFile) hits.push({ path, ...found });
  const lines = new Set(hits.map(({ line }) => line));
  for (const found of assignedSecrets(text)) if (hits.length < most.ofFile && !lines.has(found.line)) hits.push({ path, ...found });
  return hits;
}

function ending(hits: readonly Hit[], { files, unread }: { files: number; unread: number }): string {
  const found = hits.length === 0 ? 'Nothing that looks like a secret' : `${hits.length} ${hits.length === 1 ? 'place' : 'places'}`;
  const more = hits.length > most.hits ? `, of which the first ${most.hits} are shown` : '';
  const rest = unread === 0 ? '' : ` ${unread} more files that look like secrets were not looked at.`;
  return `${found} in ${files} ${files === 1 ? 'file' : 'files'}${more}.${rest} Not looked at: earlier versions in Git, what Git or .multiagentignore ignores, and files that are no text.\n`;
}

import { readShownFile } from '../../../project/choosing/read-shown-file.ts';
import { isLoopbackAddress } from '../../../utils/loopback.ts';
import { shownName } from '../../../utils/printable.ts';
import { projectPath } from '../project-path.ts';
import type { PageToOpen } from './seen-page.ts';

/** What a call names, by its text alone. */
export type NamedPage = PageToOpen | { kind: 'refused'; message: string };

/** Longer than one letter, which would be a drive. */
const scheme = /^[a-z][a-z\d+.-]+:/i;
/** With one of these the browser is let through. Others mean this machine, too, but need not on every system. */
const hosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const longest = 2000;

/** Judges the argument of a call: a file of the project, or an address on this machine. */
export function namedPage(name: string): NamedPage {
  if (name.length > longest) return refused(`An address has at most ${longest} characters.`);
  if (scheme.test(name)) return serverOf(name);
  const end = name.search(/[?#]/);
  const place = projectPath(end === -1 ? name : name.slice(0, end), 'file');
  return place.kind === 'refused' ? place : { kind: 'file', path: place.path, rest: end === -1 ? '' : name.slice(end) };
}

/** Why a file of the project cannot be opened; undefined where it can. What a model may not read it may not look at either. */
export function unfitFile(workspace: string, path: string): string | undefined {
  const found = readShownFile(workspace, path);
  if (found.kind === 'missing') return `There is no file '${shownName(path)}'. list_files shows what is in a folder.`;
  return found.kind === 'unfit' ? `'${shownName(path)}' cannot be opened: ${found.reason}.` : undefined;
}

function serverOf(name: string): NamedPage {
  const url = URL.parse(name);
  const isHere = url !== null && isLoopbackAddress(name) && hosts.has(url.hostname) && url.protocol === 'http:';
  if (isHere && url.username === '' && url.password === '') return { kind: 'server', address: url.href };
  return refused(
    `'${shownName(name)}' cannot be opened: only files of the project, such as index.html, and servers on this machine, such as http://localhost:3000/, can.`,
  );
}

function refused(message: string): NamedPage {
  return { kind: 'refused', message };
}

import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { formatBytes } from '../../utils/format-bytes.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { unreadableReason } from '../../utils/describe-error.ts';
import { shownName } from '../../utils/printable.ts';
import { alwaysIncluded } from './always-included.ts';
import { findSpecs, type SpecFolder } from './find-specs.ts';
import { type ReadDocument, readDocuments } from './read-documents.ts';
import { type PartOfDocument, specLayouts } from './spec-layouts.ts';

/** A specification of several documents as one requirement. */
export interface ReadSpec {
  /** All documents in their order, each under a heading that names it. */
  requirement: string;
  /** The specification's folder, relative to its project, or the folder as it was given if it stands alone. */
  name: string;
  /** The documents that were read, in their order, relative to the project. */
  files: string[];
  /** What a person should know: parts that are missing, and what was not read. Whole sentences; a name in them is safe to show. */
  notes: string[];
}

/** Of all documents; no model reads that much. */
const mostBytes = 2 * 1024 * 1024;
const mostNamed = 20;

/**
 * Reads a folder of Spec Kit, OpenSpec or Kiro: one specification, or a project (or a part of it, such as `specs`) that has exactly one. The documents are
 * input: links in the project are not followed, hidden characters are dropped, and nothing is written.
 * @param folder Relative to the current folder.
 * @throws MultiagentError `spec.unreadable`, `spec.none`, `spec.several`, `spec.incomplete`, `spec.too_large`.
 * @example
 * import { mkdirSync, writeFileSync } from 'node:fs';
 * mkdirSync(`${folder}/specs/001-albums`, { recursive: true });
 * writeFileSync(`${folder}/specs/001-albums/spec.md`, '# Feature Specification: Albums\n\nPhotos can be grouped.\n');
 * const { name, files } = readSpec(folder);
 * console.log(name, files); // specs/001-albums [ 'specs/001-albums/spec.md' ]
 */
export function readSpec(folder: string): ReadSpec {
  const shown = shownName(folder);
  const found = specsIn(folder);
  const [spec, second] = found;
  if (spec === undefined)
    throw problem(
      'none',
      `There is no specification in ${shown}.`,
      `A specification is a folder such as ${examples()}. For a text in one file name the file.`,
    );
  if (second !== undefined) {
    const names = found.slice(0, mostNamed).map(({ path }) => shownName(path));
    const more = found.length - names.length;
    throw problem(
      'several',
      `There are ${found.length} specifications in ${shown}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
      `Name one of them, for example: --req ${shownName(relative('', join(spec.root, spec.path)))}`,
    );
  }
  const name = spec.path === '' ? folder : spec.path;
  const notes: string[] = [];
  const documents = [...sharedDocuments(spec, notes), ...ownDocuments(spec, shownName(name), notes)];
  const requirement = render(shownName(name), documents);
  if (Buffer.byteLength(requirement) > mostBytes)
    throw problem(
      'too_large',
      `The documents of ${shownName(name)} are longer than ${formatBytes(mostBytes)} together, and no model reads that much.`,
      'Move away what the team need not read, such as large contracts.',
    );
  return { requirement, name, files: documents.map(({ path }) => path), notes };
}

function specsIn(folder: string): SpecFolder[] {
  try {
    if (!statSync(folder).isDirectory())
      throw problem('unreadable', `${shownName(folder)} is not a folder.`, 'Name the folder of a specification.');
    return findSpecs(resolve(folder));
  } catch (error) {
    if (error instanceof MultiagentError) throw error;
    throw problem('unreadable', `The folder ${shownName(folder)} cannot be read: ${unreadableReason(error)}.`, 'Check the path.', error);
  }
}

function sharedDocuments({ layout, root, path }: SpecFolder, notes: string[]): ReadDocument[] {
  // A specification that stands alone has no project around it.
  if (path === '') return [];
  return layout.shared.flatMap(({ paths, holds, template, part = forEverybody }) =>
    readDocuments(root, paths, holds, notes).flatMap((document): ReadDocument[] => {
      const text = part.read(document.text);
      const reason = text === undefined ? part.whyNot : template?.test(text) === true ? notFilledIn : undefined;
      if (reason !== undefined) notes.push(`${shownName(document.path)} was left out: ${reason}.`);
      return text === undefined || text === '' || reason !== undefined ? [] : [{ ...document, text }];
    }),
  );
}

function ownDocuments({ layout, root, path }: SpecFolder, name: string, notes: string[]): ReadDocument[] {
  const at = (each: string) => (path === '' ? each : `${path}/${each}`);
  return layout.documents.flatMap(({ paths, holds, missing, template }) => {
    const unread: string[] = [];
    const [empty, read] = partition(readDocuments(root, paths.map(at), holds, unread), ({ text }) => template?.test(text) === true);
    for (const document of empty) unread.push(`${shownName(document.path)} was left out: ${notFilledIn}.`);
    notes.push(...unread);
    if (read.length > 0 || missing === undefined) return read;
    if (missing === 'required')
      throw problem(
        'incomplete',
        `${name} has no ${paths.join(' or ')}, which says ${holds}. ${unread.join(' ')}`.trimEnd(),
        `Write ${at(paths[0] ?? '')}, or give the requirement as a file.`,
      );
    notes.push(`${name} has no ${paths.join(' or ')}: ${missing.means}.`);
    return [];
  });
}

const forEverybody: PartOfDocument = { read: alwaysIncluded, whyNot: 'its front matter says that it is not for everything' };
const notFilledIn = 'nobody has filled it in yet';

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function render(name: string, documents: readonly ReadDocument[]): string {
  const parts = documents.map(({ path, holds, text }) => `# ${shownName(path)} (${holds})\n\n${text}\n`);
  return `${introduction(name)}\n\n${parts.join('\n')}`;
}

function introduction(name: string): string {
  return `The requirement is the specification ${name}. Its documents follow in their order; each begins with a heading that names it. Steps that are ticked ([x]) are done.`;
}

function examples(): string {
  return specLayouts
    .map(({ tool, collections, documents }) => `${collections.at(-1)}/<name> with ${documents[0]?.paths[0]} (${tool})`)
    .join(', ');
}

function problem(code: string, message: string, hint: string, cause?: unknown): MultiagentError {
  return new MultiagentError({ category: 'usage', code: `spec.${code}`, message, hint, cause });
}

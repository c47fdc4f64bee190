import type { FencedBlock, FenceOpening } from './fenced-block.ts';
import type { FileFormat, FileName, PackedFile } from './file-format.ts';
import { applyPatch } from './formats/apply-patch.ts';
import { callText } from './formats/call-text.ts';
import { deleteLines } from './formats/delete-lines.ts';
import { editBlock } from './formats/edit-block.ts';
import { backtickedFileMarker, boldFileMarker, changeLine, fileLine, pathLabel } from './formats/file-marker.ts';
import { firstComment } from './formats/first-comment.ts';
import { firstLine } from './formats/first-line.ts';
import { hereDocument } from './formats/here-document.ts';
import { infoAttribute } from './formats/info-attribute.ts';
import { infoPath } from './formats/info-path.ts';
import { infoWords } from './formats/info-words.ts';
import { jsonFiles, mayHoldFiles } from './formats/json-files.ts';
import { languageAndPath } from './formats/language-and-path.ts';
import { languagePath } from './formats/language-path.ts';
import { pathHeading } from './formats/path-heading.ts';
import { pathLine } from './formats/path-line.ts';
import { sentencePath } from './formats/sentence-path.ts';
import { severalFiles } from './formats/several-files.ts';
import { taggedFile } from './formats/tagged-file.ts';
import { unifiedDiff } from './formats/unified-diff.ts';
import { FenceScanner } from './scan/fence-scanner.ts';

/**
 * The formats in the order in which they are tried; of each kind the first that answers decides. The fence itself comes first, then the lines above it, then
 * the content.
 * @example
 * const htmlPages: NamingFormat = {
 *   name: 'html-pages',
 *   nameOf: ({ info }) => (info === 'html' ? { path: 'index.html', language: 'html' } : undefined),
 * };
 * const writer = new FileWriter({ folder, formats: [htmlPages, ...fileFormats] });
 * console.log(writer.extractFileStructure('```html\n<p>Hello</p>\n```\n')); // [ 'index.html' ]
 */
export const fileFormats: readonly FileFormat[] = [
  taggedFile,
  applyPatch,
  editBlock,
  unifiedDiff,
  jsonFiles,
  callText,
  hereDocument,
  deleteLines,
  severalFiles,
  firstLine,
  languagePath,
  infoPath,
  infoAttribute,
  languageAndPath,
  infoWords,
  boldFileMarker,
  backtickedFileMarker,
  fileLine,
  pathLabel,
  changeLine,
  pathHeading,
  pathLine,
  firstComment,
  sentencePath,
];

/** The first answer of the naming formats, with the format's name. An opening counts as a block that is still empty. */
export function nameBlock(
  formats: readonly FileFormat[],
  opening: FenceOpening | FencedBlock,
): (FileName & { format: string }) | undefined {
  // A bare fence with nothing above it has no name.
  if (opening.info === '' && opening.leading.length === 0 && opening.delimiter === 'fence' && holdsNothing(opening)) return undefined;
  const block: FencedBlock = { content: '', range: [0, 0], closed: false, ...opening };
  for (const format of formats) {
    const name = 'nameOf' in format ? format.nameOf(block) : undefined;
    if (name !== undefined) return { ...name, format: format.name };
  }
  return undefined;
}

function holdsNothing(opening: FenceOpening | FencedBlock): boolean {
  return !('content' in opening) || opening.content === '';
}

/** The first answer of the packing formats, with the format's name. */
export function unpackBlock(
  formats: readonly FileFormat[],
  block: FencedBlock,
  name: FileName | undefined,
): { files: PackedFile[]; format: string } | undefined {
  for (const format of formats) {
    const files = 'filesOf' in format ? format.filesOf(block, name) : undefined;
    if (files !== undefined) return { files, format: format.name };
  }
  return undefined;
}

/** Whether a reply without blocks may itself contain files as data, or be a patch. */
export function packsFiles(text: string): boolean {
  return /^\s*(?:diff --git |--- \S)/.test(text) || mayHoldFiles(text);
}

/** A scanner that uses these formats to find out what a block names. */
export function scannerOf(formats: readonly FileFormat[] = fileFormats): FenceScanner {
  return new FenceScanner((opening) => nameBlock(formats, opening));
}

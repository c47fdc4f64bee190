import type { FencedBlock, FenceOpening } from './fenced-block.ts';
import type { FileFormat, FileName } from './file-format.ts';
import { backtickedFileMarker, boldFileMarker, fileLine, pathLabel } from './formats/file-marker.ts';
import { infoAttribute } from './formats/info-attribute.ts';
import { infoPath } from './formats/info-path.ts';
import { languageAndPath } from './formats/language-and-path.ts';
import { languagePath } from './formats/language-path.ts';
import { pathHeading } from './formats/path-heading.ts';
import { pathLine } from './formats/path-line.ts';

/** The formats that are tried, the first that answers decides. What the fence itself says comes before the lines above it. */
export const fileFormats: readonly FileFormat[] = [
  languagePath,
  infoPath,
  infoAttribute,
  languageAndPath,
  boldFileMarker,
  backtickedFileMarker,
  fileLine,
  pathLabel,
  pathHeading,
  pathLine,
];

/** The first answer of these formats, with the format's name. An opening is asked about as a block that is still empty. */
export function nameBlock(
  formats: readonly FileFormat[],
  opening: FenceOpening | FencedBlock,
): (FileName & { format: string }) | undefined {
  const block: FencedBlock = { content: '', range: [0, 0], closed: false, ...opening };
  for (const format of formats) {
    const name = format.nameOf(block);
    if (name !== undefined) return { ...name, format: format.name };
  }
  return undefined;
}

import { trimEndOf } from '../../utils/trim-end-of.ts';
import { claimedPath } from '../names/claimed-path.ts';
import { contradicts } from '../formats/contradicts.ts';
import type { FencedBlock } from '../fenced-block.ts';
import { announcesPiece, announcesUse } from '../names/announcements.ts';
import { holdsCommands, inferName, languageOfBlock } from './inferred-name.ts';
import { extensionOfLanguage, languageOfInfo } from '../names/languages.ts';
import { plainLine, withoutLead } from '../names/plain-line.ts';

/** What a block without a name is: a file that gets one, something that is only shown, or unclear. */
export type UnnamedJudgement = 'file' | 'shown' | 'unclear';

/** A single line in these is usually a value that the text mentions. */
const data = new Set(['json', 'jsonl', 'yaml', 'toml', 'ini', 'xml', 'csv']);

/** A block with fewer lines than this below words such as "for example" only shows something. */
const fewLines = 8;

/**
 * Judges by the text above the block and by its content. A name is invented only for what can be a whole file: code that defines something, or a text in a
 * file's language. In a reply with named files everything else shows how they are used.
 * @param beside Whether the reply contains named files.
 */
export function judgeUnnamed(block: FencedBlock, beside: 'named files' | 'no named file'): UnnamedJudgement {
  const name = inferName(block);
  if (name === undefined || block.delimiter !== 'fence' || holdsCommands(block)) return 'shown';
  const lines = linesOfCode(block.content);
  const above = block.leading.at(-1) ?? '';
  const isNamed = beside === 'named files';
  if (announcesUse(plainLine(above)) && trimEndOf(above, /[^\w:]/).endsWith(':') && (isNamed || lines < fewLines)) return 'shown';
  if (speaksOfOther(above, languageOfInfo(block.info)) || announcesPiece(plainLine(above))) return isNamed ? 'shown' : 'unclear';
  if (name.first !== undefined || block.content.startsWith('#!') || isShellScript(block)) return 'file';
  // In a reply with named files, only a label shows that a block without a definition is a file, too.
  const extension = extensionOfLanguage(isNamed ? languageOfInfo(block.info) : languageOfBlock(block));
  const isOfFiles = extension !== undefined && (lines > 1 || !data.has(extension));
  if (isNamed) return isOfFiles && above === '' ? 'file' : isOfFiles && lines > 2 ? 'unclear' : 'shown';
  // A single word is not a file.
  return isOfFiles && lines > 0 && /\w\W+\w/.test(block.content.replaceAll(/^[ \t]*(?:#|\/\/).*$/gm, '')) ? 'file' : 'unclear';
}

function isShellScript(block: FencedBlock): boolean {
  return extensionOfLanguage(languageOfInfo(block.info)) === 'sh' && !holdsCommands(block);
}

function linesOfCode(content: string): number {
  let lines = 0;
  for (const line of content.slice(0, 4000).split(/\r\n|\n|\r/))
    if (/\w/.test(line) && !/^\s*(?:#|\/\/|--|\/\*|\*|<!--)/.test(line)) lines += 1;
  return lines;
}

/** Whether a heading is a product, a version, a host, a route or a member of an object: what is below it is about that. */
function speaksOfOther(line: string, language: string | undefined): boolean {
  if (!/^(?:#{1,6}\s|\*\*|`)/.test(line) || line.length > 200) return false;
  const title = withoutLead(plainLine(line))
    .replaceAll(/[*`]|:$/g, '')
    .trim();
  const path = claimedPath(title);
  return /^[^\s./:]*[./:]\S*$/.test(title) && (path === undefined || contradicts(language, path));
}

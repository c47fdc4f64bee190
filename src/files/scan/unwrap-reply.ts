import type { FencedBlock } from '../fenced-block.ts';
import { isMarkdownLanguage, isTalkLanguage, languageOfInfo } from '../names/languages.ts';
import { parseTagLine } from './tag-line.ts';

const mostLinesBefore = 2;
const markup = new Set(['xml', 'html']);

export interface UnwrapReplyOptions {
  /** Whether a block names files. */
  isNamed: (block: FencedBlock) => boolean;
  /** Finds the blocks of a text. */
  scan: (content: string) => FencedBlock[];
  /** Whether a document around unnamed blocks of code is a file itself, or a wrapper like one around named blocks. */
  documents: 'files' | 'wrappers';
}

/** Some models put the whole reply into another fence, or files between tags into an XML fence. Then the blocks inside are the reply's. */
export function unwrapReply(blocks: FencedBlock[], { isNamed, scan, documents }: UnwrapReplyOptions): FencedBlock[] {
  const [first, ...others] = blocks;
  if (first === undefined || isNamed(first)) return blocks.flatMap((block) => unwrapTags(block, isNamed, scan));
  const language = languageOfInfo(first.info);
  const beginsReply = first.delimiter === 'fence' && first.leading.length <= mostLinesBefore;
  // The wrapper's own end was forgotten, so it ended where the first block within it began.
  if (beginsReply && !first.closed && isMarkdownLanguage(language) && others.some(isNamed)) return others;
  const mayWrap =
    beginsReply &&
    (first.info === '' || isMarkdownLanguage(language) || isTalkLanguage(language)) &&
    others.every((block) => block.content.trim() === '' && !block.closed);
  const inner = mayWrap ? within(first, scan) : [];
  const isWrapper =
    inner.some(isNamed) || (documents === 'wrappers' && isMarkdownLanguage(language) && inner.some(({ content }) => content.trim() !== ''));
  return isWrapper ? inner : blocks.flatMap((block) => unwrapTags(block, isNamed, scan));
}

function unwrapTags(block: FencedBlock, isNamed: (block: FencedBlock) => boolean, scan: (content: string) => FencedBlock[]): FencedBlock[] {
  const language = languageOfInfo(block.info);
  const mayHold = block.info === '' || (language !== undefined && (markup.has(language) || isTalkLanguage(language)));
  if (block.delimiter !== 'fence' || !mayHold || !beginsWithTag(block.content) || isNamed(block)) return [block];
  const inner = within(block, scan).filter(({ delimiter }) => delimiter === 'tag');
  return inner.length === 0 ? [block] : inner;
}

function within(outer: FencedBlock, scan: (content: string) => FencedBlock[]): FencedBlock[] {
  const isWhole = outer.range[1] - outer.range[0] === outer.content.length;
  return scan(outer.content).map((block) => {
    const [start, end] = block.range;
    // If indentation was removed, the position of the whole block is the closest answer.
    return { ...block, range: isWhole ? [start + outer.range[0], end + outer.range[0]] : outer.range };
  });
}

function beginsWithTag(content: string): boolean {
  const line = /^\s*(\S[^\r\n]*)/.exec(content.slice(0, 3000))?.[1];
  return line !== undefined && (/^<(?:files|documents?)(?:\s[^<>]{0,200})?>/i.test(line) || parseTagLine(line) !== undefined);
}

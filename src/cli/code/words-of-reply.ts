import type { ArtifactRecord } from '../../state/run/run-state.ts';

/** A reply without the content of the files that it became: `[path]` stands where one was. */
export function wordsOfReply(reply: string, files: readonly Pick<ArtifactRecord, 'path' | 'range'>[]): string {
  let words = reply;
  for (const { path, range } of files.toSorted((a, b) => b.range[0] - a.range[0])) {
    const [begin, end] = [fenceBefore(words, range[0]), fenceAfter(words, range[1])];
    if (begin !== undefined && end !== undefined) words = `${words.slice(0, begin)}[${path}]${words.slice(end)}`;
  }
  return words.trim();
}

const fence = /^[ \t>]{0,20}(?:```|~~~)/;

/** Where the line begins that opens the block whose content begins here. */
function fenceBefore(text: string, at: number): number | undefined {
  const end = at - 1;
  if (end < 0 || text[end] !== '\n') return undefined;
  const begin = text.lastIndexOf('\n', end - 1) + 1;
  return fence.test(text.slice(begin, end)) ? begin : undefined;
}

/** Where the line ends that closes the block whose content ends here. */
function fenceAfter(text: string, at: number): number | undefined {
  const begin = text[at] === '\n' ? at + 1 : at;
  const found = text.indexOf('\n', begin);
  const end = found === -1 ? text.length : found;
  if (begin >= text.length) return text.length;
  return fence.test(text.slice(begin, end)) ? end : undefined;
}

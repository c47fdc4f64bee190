import { createReadStream } from 'node:fs';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { readRegularFile, tooLarge, UnfitFileError } from '../utils/read-regular-file.ts';
import { unreadableReason } from '../utils/describe-error.ts';

/** Larger than any model's context, so a larger file is a mistake. */
const mostBytes = 4 * 1024 * 1024;

const saveAsText = 'The team reads only plain text; save the file in UTF-8.';

/**
 * Reads a text file of the user.
 * @param what What the file is, for messages and, with `_` for spaces, for the error's code: "requirement", "project file".
 * @throws MultiagentError that says why it cannot be read.
 */
export async function readTextFile(path: string, what: string): Promise<string> {
  const refuse = (
    reason: string,
    { hint = 'Check the path; it is relative to the current folder.', cause }: { hint?: string; cause?: unknown } = {},
  ) =>
    new MultiagentError({
      category: 'usage',
      code: `${what.replaceAll(' ', '_')}.unreadable`,
      message: `The ${what} ${path} cannot be read: ${reason}.`,
      hint,
      cause,
    });
  let bytes: Buffer;
  try {
    bytes = isPipeOfShell(path) ? await readPipe(path) : readRegularFile(path, mostBytes);
  } catch (error) {
    if (error instanceof UnfitFileError && error.reason === 'too_large')
      throw refuse(`${error.message}, and no model reads that much`, { cause: error });
    throw refuse(unreadableReason(error), { cause: error });
  }
  if (bytes.includes(0)) throw refuse('it is not a text file', { hint: saveAsText });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refuse('it is not UTF-8 text', { hint: saveAsText, cause: error });
  }
}

/** What a shell makes of `<(command)`. Apart from files, people mean only this. */
function isPipeOfShell(path: string): boolean {
  return /^\/(?:dev|proc\/self)\/fd\/\d+$/.test(path);
}

async function readPipe(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

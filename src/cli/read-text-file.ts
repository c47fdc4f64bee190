import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { readRegularFile, tooLarge, UnfitFileError } from '../utils/read-regular-file.ts';
import { unreadableReason } from '../utils/describe-error.ts';

/** Larger than any model's context, so a larger file is a mistake. */
const mostBytes = 4 * 1024 * 1024;

/** What a text file of the user is, and the code of the error if it cannot be read. */
const codes = {
  requirement: 'requirement.unreadable',
  'project file': 'project_file.unreadable',
  'inputs file': 'inputs_file.unreadable',
  'edited file': 'edited_file.unreadable',
} as const;

export type TextFile = keyof typeof codes;

const saveAsText = 'The team reads only plain text; save the file in UTF-8.';

/** Reads a text file of the user, without the mark that some editors put at its beginning. @throws what `readTextBytes` throws. */
export async function readTextFile(path: string, what: TextFile): Promise<string> {
  return new TextDecoder().decode(await readTextBytes(path, what));
}

/**
 * Reads a text file of the user byte for byte.
 * @param what What the file is, for messages and for the error's code.
 * @throws MultiagentError that says why it cannot be read.
 */
export async function readTextBytes(path: string, what: TextFile): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = isPipeOfShell(path) ? await readPipe(path) : readRegularFile(path, mostBytes);
  } catch (error) {
    if (error instanceof UnfitFileError && error.reason === 'too_large')
      throw unreadable(path, what, `${error.message}, and no model reads that much`, { cause: error });
    throw unreadable(path, what, unreadableReason(error), { cause: error });
  }
  return requireText(bytes, path, what);
}

/** What a file of this path holds, if it is text. @throws MultiagentError as `readTextBytes`. */
export function requireText<Bytes extends Uint8Array>(bytes: Bytes, path: string, what: TextFile): Bytes {
  if (bytes.includes(0)) throw unreadable(path, what, 'it is not a text file', { hint: saveAsText });
  if (!isUtf8(bytes)) throw unreadable(path, what, 'it is not UTF-8 text', { hint: saveAsText });
  return bytes;
}

function unreadable(
  path: string,
  what: TextFile,
  reason: string,
  { hint = 'Check the path; it is relative to the current folder.', cause }: { hint?: string; cause?: unknown } = {},
): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: codes[what],
    message: `The ${what} ${path} cannot be read: ${reason}.`,
    hint,
    cause,
  });
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

import { join } from 'node:path';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { openRegularFile } from '../../utils/read-regular-file.ts';
import { unreadableReason } from '../../utils/describe-error.ts';

/** The model that comes with the package. This file's folder is equally deep in `src` and in `dist`. */
export const tinyModelFile = join(import.meta.dirname, '../../../models/tiny-team.gguf');

/**
 * Checks a model file before a process is started for it.
 * @throws MultiagentError: `embedded.model_missing`, `embedded.not_gguf`.
 */
export async function checkModelFile(path: string): Promise<void> {
  if ((await readMagic(path)) === 'GGUF') return;
  throw new MultiagentError({
    category: 'usage',
    code: 'embedded.not_gguf',
    message: `${path} is not a GGUF model: it does not begin with "GGUF".`,
    hint: 'Give a model file in the GGUF format. An incomplete download, or a saved web page, looks like this, too.',
  });
}

async function readMagic(path: string): Promise<string> {
  try {
    await using file = await openRegularFile(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch (error) {
    throw new MultiagentError({
      category: 'usage',
      code: 'embedded.model_missing',
      message: `The model file ${path} cannot be read: ${unreadableReason(error)}.`,
      hint: 'Check the path; it must name a GGUF file that you may read.',
      cause: error,
    });
  }
}

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { usageError } from '../usage-error.ts';

/**
 * Has a person change a text in the editor that $VISUAL or $EDITOR names.
 * @param name Its ending tells the editor what it is. @returns the text as it was saved.
 * @throws MultiagentError `usage` where there is no terminal or no editor, or where the editor fails.
 */
export async function inEditor(content: string, name: string): Promise<string> {
  const { stdin, stdout, env } = process;
  const withFile = 'Or give your version from a file: --with <file>';
  if (!stdin.isTTY || !stdout.isTTY) throw usageError('There is no terminal to open an editor in.', withFile);
  const [command, ...words] = (env['VISUAL'] || env['EDITOR'] || 'vi').trim().split(/\s+/);
  const folder = await mkdtemp(join(tmpdir(), 'multiagent-edit-'));
  try {
    const file = join(folder, basename(name));
    await writeFile(file, content, { mode: 0o600 });
    const child = spawn(command ?? 'vi', [...words, file], { stdio: 'inherit' });
    const ended = await new Promise<string | undefined>((resolve) => {
      child.on('error', ({ message }) => resolve(message));
      child.on('exit', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${signal ?? code}`));
    });
    if (ended !== undefined)
      throw usageError(
        `The editor "${command}" did not save: ${ended}. Nothing was changed.`,
        `Set $EDITOR to one that is here. ${withFile}`,
      );
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

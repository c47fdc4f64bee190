import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'start-llama-server.sh');

/** LLAMA_SERVER_BIN, else the PATH, else what the start script compiles once: minutes, told on standard error. */
export function findLlamaServer(): string {
  const named = process.env['LLAMA_SERVER_BIN'];
  if (named !== undefined && named !== '') return named;
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'llama-server'));
  return (
    candidates.find(isProgram) ?? execFileSync(script, ['--only-build'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, inject, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const script = join(import.meta.dirname, '../../scripts/start-llama-server.sh');

it('a real llama-server proves itself by computing quantised weights', () => {
  const cache = temporaryFolder();
  const source = join(cache, 'multiagent', 'llama.cpp-0.0.0');
  mkdirSync(join(source, 'build', 'bin'), { recursive: true });
  const program = join(source, 'build', 'bin', 'llama-server');
  symlinkSync(inject('llamaProgram'), program);
  const environment = { ...process.env, XDG_CACHE_HOME: cache, LLAMA_SERVER_BIN: program };
  execFileSync('bash', [script, '--only-prove'], { env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  expect(readdirSync(source).sort()).toEqual(['build', 'build.proven']);
});

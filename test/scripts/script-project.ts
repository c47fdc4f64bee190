import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

/** What the script may use of a system. No curl: it has to do without. */
const systemTools = [
  'bash',
  'basename',
  'cat',
  'cksum',
  'cut',
  'dirname',
  'getconf',
  'grep',
  'head',
  'ln',
  'mkdir',
  'mv',
  'nohup',
  'ps',
  'readlink',
  'rm',
  'sed',
  'seq',
  'sleep',
  'tail',
  'tr',
  'uname',
];

const scriptSources = join(import.meta.dirname, '..', '..', 'scripts');
export const fakeServerSource = join(import.meta.dirname, 'fake-server-program.ts');

export interface ScriptResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface ScriptProcess {
  process: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves as soon as standard error holds this text. */
  says(text: string): Promise<void>;
  result: Promise<ScriptResult>;
}

export type Environment = Record<string, string | undefined>;

/** A project in a temporary folder with a space in its name: the script, a home, and a PATH on which nothing else is. Goes with the test. */
export class ScriptProject {
  readonly folder = join(mkdtempSync(join(tmpdir(), 'multiagent-script-')), 'my project');
  readonly home = join(this.folder, 'home of mine');
  readonly tools = join(this.folder, 'tools');
  readonly cache = join(this.home, '.cache', 'multiagent');
  readonly script = join(this.folder, 'scripts', 'start-llama-server.sh');

  constructor() {
    for (const folder of ['scripts', 'tools', 'home of mine']) mkdirSync(join(this.folder, folder), { recursive: true });
    for (const script of ['start-llama-server.sh', 'build-llama-server.sh'])
      copyFileSync(join(scriptSources, script), join(this.folder, 'scripts', script));
    // A stand-in for llama-server does not read it.
    this.write('models/quantised-noise.gguf', '');
    for (const tool of systemTools) {
      const path = findOnPath(tool);
      if (path !== undefined) symlinkSync(path, join(this.tools, tool));
    }
    onTestFinished(() => rmSync(join(this.folder, '..'), { recursive: true, force: true }));
  }

  write(path: string, content: string): string {
    const whole = join(this.folder, path);
    mkdirSync(join(whole, '..'), { recursive: true });
    writeFileSync(whole, content);
    return whole;
  }

  writeProgram(path: string, content: string): string {
    const program = this.write(path, content);
    chmodSync(program, 0o755);
    return program;
  }

  /** A llama-server that needs no model; see fake-server-program.ts. */
  installServer(path = 'tools/llama-server'): string {
    return this.writeProgram(path, `#!/bin/sh\nexec "${process.execPath}" "${fakeServerSource}" "$0" "$@"\n`);
  }

  start(options: string[], environment: Environment = {}): ScriptProcess {
    const env = { PATH: this.tools, HOME: this.home, ...environment };
    const child = spawn('/bin/bash', [this.script, ...options], { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const output = { stdout: '', stderr: '' };
    const watchers: { text: string; resolve: () => void }[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
      for (const watcher of watchers) if (output.stderr.includes(watcher.text)) watcher.resolve();
    });
    const result = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
    return {
      process: child,
      result,
      says: async (text) => {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        watchers.push({ text, resolve });
        if (output.stderr.includes(text)) resolve();
        void result.then(() => reject(new Error(`It never said "${text}". It said:\n${output.stderr}`)));
        await promise;
      },
    };
  }

  run(options: string[], environment: Environment = {}): Promise<ScriptResult> {
    return this.start(options, environment).result;
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

export function findOnPath(tool: string): string | undefined {
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, tool));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One thing that a process had the system do, as `strace -f -y -x` wrote it down. Paths are absolute. */
export type DiskStep =
  | { kind: 'open'; path: string; truncates: boolean }
  | { kind: 'write'; path: string; data: Buffer; offset: number | undefined }
  | { kind: 'truncate'; path: string; length: number }
  | { kind: 'sync'; path: string }
  | { kind: 'rename'; from: string; to: string }
  | { kind: 'remove'; path: string }
  | { kind: 'folder'; path: string }
  | { kind: 'link'; path: string; target: string }
  /** What it told the world by then. */
  | { kind: 'told'; text: string };

/** What strace is told to record. */
export const recordedCalls = 'openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,symlink,unlink,mkdir';

/** Reads a record; only what happens below `root`, and what is told to standard output. */
export function readRecord(record: string, root: string): DiskStep[] {
  const steps: DiskStep[] = [];
  const unfinished = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const line of record.split('\n')) {
    const [, process = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (rest.endsWith(' <unfinished ...>')) {
      unfinished.set(process, rest.slice(0, -' <unfinished ...>'.length));
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const call = resumed === null ? rest : `${unfinished.get(process) ?? ''}${resumed[1] ?? ''}`;
    const result = call.slice(call.lastIndexOf(' = ') + 3);
    if (/^(?:-1|\?)/.test(result)) continue;
    const step = stepOf(call, result, folders);
    if (step !== undefined && (step.kind === 'told' || isBelow(step, root))) steps.push(step);
  }
  return steps;
}

function isBelow(step: Exclude<DiskStep, { kind: 'told' }>, root: string): boolean {
  return (step.kind === 'rename' ? step.to : step.path).startsWith(`${root}/`);
}

function stepOf(call: string, result: string, folders: Map<string, string>): DiskStep | undefined {
  const name = call.slice(0, call.indexOf('('));
  const strings = [...call.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => decode(text));
  const path = /^\w+\(\d+<([^>]*)>/.exec(call)?.[1] ?? '';
  const named = (index: number) => {
    const text = strings[index]?.toString('utf8') ?? '';
    const held = /^\/proc\/self\/fd\/(\d+)\/(.*)$/.exec(text);
    return held === null ? text : join(folders.get(held[1] ?? '') ?? '', held[2] ?? '');
  };
  switch (name) {
    case 'openat': {
      const [, descriptor = '', opened = ''] = /^(\d+)<([^>]*)>/.exec(result) ?? [];
      folders.set(descriptor, opened);
      return call.includes('O_CREAT') ? { kind: 'open', path: opened, truncates: call.includes('O_TRUNC') } : undefined;
    }
    case 'write':
      if (call.startsWith('write(1<')) return { kind: 'told', text: strings[0]?.toString('utf8') ?? '' };
      return { kind: 'write', path, data: strings[0] ?? Buffer.alloc(0), offset: undefined };
    case 'pwrite64':
      return { kind: 'write', path, data: strings[0] ?? Buffer.alloc(0), offset: Number(/, (\d+)\) += /.exec(call)?.[1]) };
    case 'ftruncate':
      return { kind: 'truncate', path, length: Number(/, (\d+)\) += /.exec(call)?.[1]) };
    case 'fsync':
    case 'fdatasync':
      return { kind: 'sync', path };
    case 'rename':
      return { kind: 'rename', from: named(0), to: named(1) };
    case 'unlink':
      return { kind: 'remove', path: named(0) };
    case 'mkdir':
      return { kind: 'folder', path: named(0) };
    case 'symlink':
      return { kind: 'link', target: named(0), path: named(1) };
    default:
      return undefined;
  }
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f', '"': '"', '\\': '\\' };

function decode(text: string): Buffer {
  const parts = text.replaceAll(/\\(?:x([\da-f]{2})|([0-7]{1,3})|(.))/g, (_, hex?: string, octal?: string, other?: string) =>
    other === undefined
      ? String.fromCharCode(hex === undefined ? Number.parseInt(octal ?? '0', 8) : Number.parseInt(hex, 16))
      : (escapes[other] ?? other),
  );
  return Buffer.from(parts, 'latin1');
}

interface FileOnDisk {
  /** As far as the disk has it for certain. */
  kept: Buffer;
  /** What may get lost, in order. */
  pending: ({ data: Buffer; offset: number } | { length: number })[];
  end: number;
  /** Of a symbolic link. */
  target?: string;
}

const block = 4096;

/**
 * Puts on the disk what a power failure may leave after the first `count` steps. Certain is what was synced: a file's bytes with its own name, and the names in
 * a folder. What else was written may be there or not, block by block, as `survives` says.
 */
export function putAfterPowerCut(steps: readonly DiskStep[], count: number, root: string, survives: () => boolean): void {
  const now = new Map<string, FileOnDisk>();
  const certain = new Map<string, FileOnDisk>();
  const folders = new Set<string>();
  for (const step of steps.slice(0, count)) apply(step, now, certain, folders);
  const names = new Map(certain);
  for (const [path, file] of now) if (certain.get(path) !== file && survives()) names.set(path, file);
  for (const path of certain.keys()) if (!now.has(path) && survives()) names.delete(path);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  for (const [path, file] of names) {
    // SQLite makes it anew from its log.
    if (path.endsWith('-shm')) continue;
    mkdirSync(dirname(path), { recursive: true });
    if (file.target === undefined) writeFileSync(path, contentOf(file, survives));
    else symlinkSync(file.target, path);
  }
}

function apply(step: DiskStep, now: Map<string, FileOnDisk>, certain: Map<string, FileOnDisk>, folders: Set<string>): void {
  const fileAt = (path: string) => {
    const known = now.get(path) ?? { kept: Buffer.alloc(0), pending: [], end: 0 };
    now.set(path, known);
    return known;
  };
  switch (step.kind) {
    case 'told':
      return;
    case 'open': {
      const file = fileAt(step.path);
      if (step.truncates) truncate(file, 0);
      return;
    }
    case 'write': {
      const file = fileAt(step.path);
      const offset = step.offset ?? file.end;
      file.pending.push({ data: step.data, offset });
      file.end = Math.max(file.end, offset + step.data.length);
      return;
    }
    case 'truncate':
      truncate(fileAt(step.path), step.length);
      return;
    case 'sync': {
      const file = now.get(step.path);
      if (file !== undefined) {
        file.kept = contentOf(file, () => true);
        file.pending = [];
        certain.set(step.path, file);
        return;
      }
      for (const path of certain.keys()) if (dirname(path) === step.path && !now.has(path)) certain.delete(path);
      for (const [path, other] of now) if (dirname(path) === step.path) certain.set(path, other);
      return;
    }
    case 'rename': {
      const file = now.get(step.from);
      if (file === undefined) return;
      now.delete(step.from);
      now.set(step.to, file);
      return;
    }
    case 'remove':
      now.delete(step.path);
      return;
    case 'link':
      now.set(step.path, { kept: Buffer.alloc(0), pending: [], end: 0, target: step.target });
      return;
    case 'folder':
      folders.add(step.path);
  }
}

function truncate(file: FileOnDisk, length: number): void {
  file.pending.push({ length });
  file.end = length;
}

function contentOf(file: FileOnDisk, survives: () => boolean): Buffer {
  let content = file.kept;
  for (const change of file.pending) {
    if ('length' in change) {
      if (survives()) content = resized(content, change.length);
      continue;
    }
    for (let at = 0; at < change.data.length; at += block) {
      if (!survives()) continue;
      const piece = change.data.subarray(at, at + block);
      const end = change.offset + at + piece.length;
      content = end > content.length ? resized(content, end) : Buffer.from(content);
      piece.copy(content, change.offset + at);
    }
  }
  return content;
}

function resized(content: Buffer, length: number): Buffer {
  const whole = Buffer.alloc(length);
  content.copy(whole, 0, 0, Math.min(length, content.length));
  return whole;
}

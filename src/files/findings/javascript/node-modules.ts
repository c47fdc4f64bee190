import { createRequire } from 'node:module';

/** The modules of Node; Bun and Deno have them, too. */
export const nodeModules: ReadonlySet<string> = new Set(
  `assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector
  module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi
  worker_threads zlib`
    .trim()
    .split(/\s+/),
);

/** Those that have no effect when loaded and that small programs use. */
const looked = new Set(
  `assert assert/strict buffer child_process crypto dns events fs fs/promises http https net os path path/posix path/win32 perf_hooks querystring readline
  readline/promises stream stream/promises string_decoder timers timers/promises tls url util worker_threads zlib`
    .trim()
    .split(/\s+/),
);

const load = createRequire(import.meta.url);
const known = new Map<string, ReadonlySet<string>>();

/** What a module of this Node exports. Undefined for a module that is not examined. */
export function exportsOfNodeModule(specifier: string): ReadonlySet<string> | undefined {
  const name = specifier.replace(/^node:/, '');
  if (!looked.has(name)) return undefined;
  const found = known.get(name) ?? new Set(['default', ...Object.keys(load(`node:${name}`) as object)]);
  known.set(name, found);
  return found;
}

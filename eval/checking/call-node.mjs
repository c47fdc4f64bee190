// The process in which `calling.call_node` runs: loads one module by its file, evaluates, writes the answer.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const leave = process.exit.bind(process);
const AsyncFunction = (async () => {}).constructor;
const isName = (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default' && name !== 'module';

function functionOf(names, code) {
  try {
    return new AsyncFunction(...names, `return (${code}\n);`);
  } catch {
    return new AsyncFunction(...names, code);
  }
}

async function evaluate() {
  const imported = await import(pathToFileURL(asked.file).href);
  const fallback = imported.default;
  const module = { ...(typeof fallback === 'object' || typeof fallback === 'function' ? fallback : {}), ...imported };
  const names = Object.keys(module).filter(isName);
  return functionOf(['module', ...names], asked.code)(module, ...names.map((name) => module[name]));
}

// What JSON would lose without a word.
function plain(_key, value) {
  if (value instanceof Map) return [...value];
  if (value instanceof Set) return [...value];
  return typeof value === 'bigint' ? `${value}n` : value;
}

let written;
try {
  written = JSON.stringify({ ok: true, value: (await evaluate()) ?? null, mark: asked.mark }, plain);
} catch (error) {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  written = JSON.stringify({ ok: false, error: said.slice(0, 2000), mark: asked.mark });
}
writeFileSync(asked.answer, written);
leave(0);

#!/usr/bin/env node
// No static imports: on an old Node the first thing a person sees must be this sentence, not a stack trace from some library.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || major === 25 || (major === 24 && minor < 15)) {
  const [, file = 'multiagent'] = process.argv;
  const word = /^[\w./@+-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
  process.stderr.write(
    `multiagent needs Node.js 24.15 or newer (24 or from 26 on); this is ${process.versions.node}.\n` +
      `Install a newer one, or start it with one that npm brings: npx --yes --package node@24 node ${word}\n`,
  );
  process.exit(2);
}
const { enableCompileCache } = await import('node:module');
enableCompileCache();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));

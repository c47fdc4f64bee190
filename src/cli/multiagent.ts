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
const [, , ...words] = process.argv;
if (words.length === 1 && ['--version', '-v', '-V'].includes(words[0] ?? '')) {
  // Scripts ask for it often: nothing else is loaded for that.
  const { productVersion } = await import('../utils/product-version.ts');
  process.stdout.write(`${productVersion()}\n`);
} else {
  const { main } = await import('./main.ts');
  process.exitCode = await main(words);
}

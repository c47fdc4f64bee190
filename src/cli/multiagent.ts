#!/usr/bin/env node
// No static imports: on an old Node a person must see this sentence first, not a stack trace from a library.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || major === 25 || (major === 24 && minor < 15)) {
  const [, file = 'multiagent'] = process.argv;
  const word = /^[\w./@+-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
  process.stderr.write(
    `multiagent needs Node.js 24.15 or a later 24, or Node.js 26 or newer; this is ${process.versions.node}.\n` +
      `Install a newer version, or use one from npm: npx --yes --package node@24 node ${word}\n`,
  );
  process.exit(2);
}
const { enableCompileCache } = await import('node:module');
enableCompileCache();
const [, , ...words] = process.argv;
if (words.length === 1 && ['--version', '-v', '-V'].includes(words[0] ?? '')) {
  // Scripts often ask for the version, so nothing else is loaded for it.
  const { productVersion } = await import('../utils/product-version.ts');
  process.stdout.write(`${productVersion()}\n`);
} else {
  const { main } = await import('./main.ts');
  process.exitCode = await main(words);
}

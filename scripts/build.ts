/**
 * Compiles `src` into `dist`, copies what the program reads at run time (instructions, templates) beside it, reads the program's own definitions, and puts
 * the command into few files.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCommand } from './bundle-command.ts';
import { compileDefinitions } from './compile-definitions.ts';

const root = join(import.meta.dirname, '..');
const assetExtensions = ['.md', '.yaml', '.schema.json'];

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
cpSync(join(root, 'src'), join(root, 'dist'), {
  recursive: true,
  filter: (source) => !/\.[a-z]+$/.test(source) || assetExtensions.some((extension) => source.endsWith(extension)),
});
chmodSync(join(root, 'dist/cli/multiagent.js'), 0o755);
writeFileSync(join(root, 'dist/definitions.json'), JSON.stringify(compileDefinitions()));
await bundleCommand(join(root, 'dist'));
const start = join(root, 'dist/cli/multiagent.js');
writeFileSync(start, readFileSync(start, 'utf8').replace("import('./main.js')", "import('../bundle/main.js')"));

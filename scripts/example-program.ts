import type { Declaration } from './library-declarations.ts';

/** An example as a program: with what it imports from the package. */
export function exampleProgram(example: string, exported: readonly Pick<Declaration, 'name' | 'kind'>[]): string {
  const lines = example.split('\n');
  const own = lines.filter((line) => line.startsWith('import '));
  const rest = lines.filter((line) => !line.startsWith('import ')).join('\n');
  const words = new Set(rest.replaceAll(/'[^'\n]*'|\/\/.*$/gm, '').match(/\w+/g));
  const used = exported.filter(({ name }) => words.has(name)).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const names = used.map(({ name, kind }) => (kind === 'type' ? `type ${name}` : name)).join(', ');
  return [...own, `import { ${names} } from '@multiagent-team/multiagent';`, '', rest.trim()].join('\n');
}

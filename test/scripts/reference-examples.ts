import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const pages = join(import.meta.dirname, '../../docs/reference');

/** An example of the reference, as its page has it. */
export interface ReferenceExample {
  /** What it is an example of. */
  name: string;
  code: string;
}

/** What the overview of the reference says that examples find. */
const given = {
  orchestrator: 'AgentOrchestrator',
  run: 'string',
  waitingRun: 'string',
  requirement: 'string',
  folder: 'string',
};

export type GivenName = keyof typeof given;

/** All examples of the reference. */
export function referenceExamples(): ReferenceExample[] {
  return readdirSync(pages).flatMap((page) => {
    const sections = readFileSync(join(pages, page), 'utf8').split(/^## /m);
    return sections.flatMap((section) => {
      const code = /\nExample:\n\n```ts\n([^]*)\n```\n$/.exec(`${section.trimEnd()}\n`)?.[1];
      return code === undefined ? [] : [{ name: section.slice(0, section.indexOf('\n')), code }];
    });
  });
}

/** What an example finds already, as far as it asks for it. */
export function givenTo({ code }: ReferenceExample): GivenName[] {
  const body = code.replaceAll(/'[^'\n]*'|\/\/.*$|^import .*$/gm, '');
  const own = new Set([...body.matchAll(/\{([^{}]*)\} (?:=|of) /g)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []));
  const used = new Set(body.match(/(?<![.\w])\w+\b(?!:)/g));
  return (Object.keys(given) as GivenName[]).filter((name) => used.has(name) && !own.has(name));
}

/**
 * An example as a module that exports it as a function.
 * @param library Where its imports from the package come from.
 */
export function exampleModule(example: ReferenceExample, library: string): string {
  const lines = example.code.replaceAll("'@multiagent-team/multiagent'", `'${library}'`).split('\n');
  const imports = lines.filter((line) => line.startsWith('import '));
  const names = givenTo(example);
  const types = names.map((name) => `${name}: ${given[name]}`).join('; ');
  return [
    ...imports,
    names.includes('orchestrator') && !/import \{[^}]*\bAgentOrchestrator\b/.test(imports.join('\n'))
      ? `import type { AgentOrchestrator } from '${library}';`
      : '',
    `export async function example({ ${names.join(', ')} }: { ${types} }): Promise<void> {`,
    ...lines.filter((line) => !line.startsWith('import ')),
    '}',
  ].join('\n');
}

import { fileNameOf, folderOf } from '../../names/path-parts.ts';
import type { SourceContext } from '../source-context.ts';
import { packagePrefixFor } from './package-prefix-for.ts';
import type { PythonUsage } from './python-imports-to-add.ts';

/**
 * The import of a name from a file in the same folder: the module of that name, if it has the attributes that are used, else from the only file that defines
 * the name. Undefined if that is uncertain.
 */
export function siblingImportFor(name: string, { attributes, standsAlone }: PythonUsage, context: SourceContext): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const modules = modulesBeside(context);
  const called = modules.find(({ module }) => module === name);
  const defining = modules.filter(({ content }) => defines(content, name));
  const [only] = called === undefined ? defining : [called];
  if (only === undefined) return undefined;
  const isMeant =
    called === undefined
      ? defining.length === 1
      : attributes.size > 0 && !standsAlone && [...attributes].every((attribute) => defines(called.content, attribute));
  const prefix = isMeant ? packagePrefixFor(context, modules) : undefined;
  if (prefix === undefined) return undefined;
  if (called === undefined) return `from ${prefix}${only.module} import ${name}`;
  return prefix === '' ? `import ${name}` : `from ${prefix === '.' ? prefix : prefix.slice(0, -1)} import ${name}`;
}

function modulesBeside({ path, siblings }: SourceContext): { module: string; content: string }[] {
  return siblings.flatMap((file) => {
    const module = /^([A-Za-z_]\w*)\.py$/.exec(fileNameOf(file.path))?.[1];
    const isModule = module !== undefined && module !== '__init__' && folderOf(file.path) === folderOf(path);
    return isModule ? [{ module, content: file.content }] : [];
  });
}

function defines(content: string, name: string): boolean {
  if (!/^\w+$/.test(name)) return false;
  return new RegExp(`^(?:(?:async )?def|class) ${name}\\b|^${name} *(?::[^=\\n]{0,80})?=(?!=)`, 'm').test(content);
}

import { fileNameOf, folderOf } from '../../names/path-parts.ts';
import type { SourceContext } from '../source-context.ts';
import type { PythonUsage } from './python-imports-to-add.ts';

/**
 * The import of a name from a file in the same folder: the module of that name, if it has the attributes that are used, else from the only file that defines
 * the name. Undefined if that is uncertain.
 */
export function siblingImportFor(
  name: string,
  { attributes, standsAlone }: PythonUsage,
  { path, siblings }: SourceContext,
): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const modules = siblings.flatMap((file) => {
    const module = /^([A-Za-z_]\w*)\.py$/.exec(fileNameOf(file.path))?.[1];
    return module === undefined || folderOf(file.path) !== folderOf(path) ? [] : [{ module, content: file.content }];
  });
  const called = modules.find(({ module }) => module === name);
  if (called !== undefined) {
    const isMeant = attributes.size > 0 && !standsAlone && [...attributes].every((attribute) => defines(called.content, attribute));
    return isMeant ? `import ${name}` : undefined;
  }
  const [only, ...others] = modules.filter(({ content }) => defines(content, name));
  return only === undefined || others.length > 0 ? undefined : `from ${only.module} import ${name}`;
}

function defines(content: string, name: string): boolean {
  if (!/^\w+$/.test(name)) return false;
  return new RegExp(`^(?:(?:async )?def|class) ${name}\\b|^${name} *(?::[^=\\n]{0,80})?=(?!=)`, 'm').test(content);
}

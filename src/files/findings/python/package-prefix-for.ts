import { fileNameOf, folderOf } from '../../names/path-parts.ts';
import type { SourceContext } from '../source-context.ts';

/**
 * What stands before the name of a module of the same folder where one of its files imports it: `` as in `from stock import …`, `.`, or the name of the package with
 * a dot. It is how the files of the folder do it already, else as Python needs it. Undefined if they differ, or if it depends on how the file is started.
 * @param modules Those of the folder.
 */
export function packagePrefixFor(
  { path, content, siblings }: Pick<SourceContext, 'path' | 'content' | 'siblings'>,
  modules: readonly { module: string }[],
): string | undefined {
  const folder = folderOf(path);
  const packageName = `${folder.replaceAll('/', '.')}.`;
  const beside = siblings.filter((file) => folderOf(file.path) === folder);
  const names = new Set(modules.map(({ module }) => module));
  const used = new Set([content, ...beside.map((file) => file.content)].flatMap((text) => prefixesIn(text, names, packageName)));
  if (used.size > 0) return used.size === 1 ? [...used][0] : undefined;
  const isPackage = [path, ...beside.map((file) => file.path)].some((name) => fileNameOf(name) === '__init__.py');
  if (!isPackage || folder === '') return '';
  return content.includes('__main__') ? undefined : '.';
}

function prefixesIn(text: string, names: ReadonlySet<string>, packageName: string): string[] {
  const imports = text.matchAll(/^[ \t]*(?:from|import)[ \t]+(\.?)([\w.]*)/gm);
  return [...imports].flatMap(([, dot, module = '']) => {
    if (dot === '.') return module.startsWith('.') ? [] : ['.'];
    if (packageName !== '.' && `${module}.`.startsWith(packageName)) return [packageName];
    return names.has(module.split('.', 1)[0] ?? '') ? [''] : [];
  });
}

import type { NameUse } from '../name-scope.ts';
import { isJavaScriptGlobal } from './javascript-globals.ts';
import { isEcmaScriptModule, javaScriptKindOf, type JavaScriptFile } from './javascript-kind.ts';
import { readJavaScriptNames } from './read-javascript-names.ts';

export interface UndefinedJavaScriptOptions extends JavaScriptFile {
  /** Whether a script may get a name from the page or from the scripts beside it. */
  comesFromElsewhere?: ((name: string) => boolean) | undefined;
}

/** The first use of each name that is bound nowhere and that no browser, server or test runner defines. */
export function undefinedJavaScriptUses({ path, root, comesFromElsewhere = () => false }: UndefinedJavaScriptOptions): NameUse[] {
  if (/\.d\.[cm]?ts$/i.test(path)) return [];
  const { uses, isOpen, asked, assigned } = readJavaScriptNames(root);
  if (isOpen) return [];
  const kind = javaScriptKindOf({ path, root });
  const makesGlobals = !isEcmaScriptModule({ path, root });
  const first = new Map<string, NameUse>();
  for (const use of uses) {
    const { name, scope } = use;
    if (first.has(name) || scope.has(name) || asked.has(name) || isJavaScriptGlobal(name, kind)) continue;
    if (makesGlobals && assigned.has(name)) continue;
    if (kind === 'script' && comesFromElsewhere(name)) continue;
    first.set(name, use);
  }
  return [...first.values()];
}

import type { CodeFinding } from '../code-finding.ts';
import { fileNameOf } from '../../names/path-parts.ts';
import type { SourceContext } from '../source-context.ts';

const withoutEffect =
  /^(?:comment|import_statement|import_from_statement|future_import_statement|function_definition|class_definition|decorated_definition|type_alias_statement)$/;

/** Finds a `main` that nothing calls, and a command that only defines things. */
export function findMissingPythonEntry({ root, path, siblings }: SourceContext, isCommand: boolean): CodeFinding[] {
  const main = root.children
    .map((node) => node.child('definition') ?? node)
    .find((node) => node.type === 'function_definition' && node.child('name')?.text === 'main');
  if (main !== undefined) {
    const isUsed = [...root.walk()].some(
      (node) => node.type === 'identifier' && node.text === 'main' && node.parent !== main && node.field !== 'attribute',
    );
    const module = fileNameOf(path).replace(/\.py$/, '');
    const isUsedElsewhere = siblings.some(({ content }) => content.includes('main') && content.includes(module));
    if (isUsed || isUsedElsewhere) return [];
    return [{ kind: 'no_entry', line: main.line, name: 'main', message: '`main` is defined and never called' }];
  }
  if (!isCommand || root.children.some((node) => hasEffect(node.type, node.children[0]?.type))) return [];
  return [
    { kind: 'no_entry', line: 1, name: fileNameOf(path), message: 'the file only defines things: nothing happens when it is started' },
  ];
}

function hasEffect(type: string, inner: string | undefined): boolean {
  if (type === 'expression_statement') return inner !== 'string' && inner !== 'assignment';
  return !withoutEffect.test(type);
}

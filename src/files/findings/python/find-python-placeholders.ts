import type { CodeFinding } from '../code-finding.ts';
import type { SourceNode } from '../source-tree.ts';

/** Functions that were not written: they contain only nothing, `pass`, `...` or NotImplementedError, and are not meant to be written elsewhere. */
export function findPythonPlaceholders(root: SourceNode): CodeFinding[] {
  const bases = namesOfBases(root);
  const findings: CodeFinding[] = [];
  for (const node of root.walk()) {
    if (node.type !== 'function_definition') continue;
    const emptiness = emptinessOf(node.child('body'));
    const name = node.child('name')?.text ?? '';
    if (emptiness === undefined || mayBeEmpty(node, { name, bases, emptiness })) continue;
    findings.push({ kind: 'placeholder', line: node.line, name, message: `\`${name}\` is not written: its body is only ${emptiness}` });
  }
  return findings;
}

type Emptiness = '`...`' | '`pass`' | '`raise NotImplementedError`' | 'a docstring';

function emptinessOf(body: SourceNode | undefined): Emptiness | undefined {
  const statements = body?.children.filter(({ type }) => type !== 'comment') ?? [];
  const [first] = statements;
  const hasDocstring = first?.type === 'expression_statement' && first.children[0]?.type === 'string' && first.children.length === 1;
  const rest = hasDocstring ? statements.slice(1) : statements;
  const [only] = rest;
  if (only === undefined) return hasDocstring ? 'a docstring' : undefined;
  if (rest.length > 1) return undefined;
  if (only.type === 'pass_statement') return '`pass`';
  if (only.type === 'expression_statement' && only.children[0]?.type === 'ellipsis') return '`...`';
  return only.type === 'raise_statement' && /^raise\s+NotImplementedError\b/.test(only.text) ? '`raise NotImplementedError`' : undefined;
}

interface Place {
  name: string;
  bases: ReadonlySet<string>;
  emptiness: Emptiness;
}

/** Whether a function may be empty: it is abstract or overloaded, a class overrides it to do nothing, or its name says that it does nothing. */
function mayBeEmpty(definition: SourceNode, { name, bases, emptiness }: Place): boolean {
  const decorators = definition.parent?.type === 'decorated_definition' ? definition.parent.children : [];
  if (decorators.some(({ type }) => type === 'decorator')) return true;
  if (/^__\w+__$|^[a-z]$|^(?:test_)?_*(?:do_nothing|no_op|foo|bar|baz)$|noop|dummy|nolog|fake|mock|stub/i.test(name)) return true;
  const around = [...definition.ancestors()];
  // The other branch contains the real work.
  if (around.some(({ type }) => /^(?:if|try)_statement$/.test(type))) return true;
  const owner = around.find(({ type }) => /^(?:class|function)_definition$/.test(type));
  // A function within a function is often a callback that somebody requires.
  if (owner?.type === 'function_definition') return emptiness !== '`raise NotImplementedError`';
  if (owner?.type !== 'class_definition') return false;
  const className = owner.child('name')?.text ?? '';
  return (
    owner.child('superclasses') !== undefined ||
    bases.has(className) ||
    /^_|base|abstract|interface|mixin|protocol|mock|dummy|fake|stub|null|strategy|observer|visitor|handler/i.test(className)
  );
}

function namesOfBases(root: SourceNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { type, parent, text } of root.walk()) if (type === 'identifier' && parent?.field === 'superclasses') names.add(text);
  return names;
}

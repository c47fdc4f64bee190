import type { Node } from '@vscode/tree-sitter-wasm';

/** What a node at the top level of a file, or in the body of a class, is. */
export type Described =
  | {
      kind: 'definition';
      sort: 'function' | 'type' | 'value';
      name: string;
      bareName?: string;
      takesSelf?: boolean;
      body?: Node | undefined;
      core: number;
    }
  | { kind: 'container'; name: string; body: Node; core: number }
  | { kind: 'import' | 'comment' | 'other' | 'attribute' };

/** The grammars with which fragments of files can be placed. */
export type FragmentGrammar = 'go' | 'java' | 'javascript' | 'python' | 'rust' | 'tsx' | 'typescript';

const other: Described = { kind: 'other' };
const comment: Described = { kind: 'comment' };

export function describeNode(node: Node, grammar: FragmentGrammar): Described {
  if (node.type.endsWith('comment')) return comment;
  return describers[grammar](node);
}

const describers: Readonly<Record<FragmentGrammar, (node: Node) => Described>> = {
  go: describeGo,
  java: describeJava,
  javascript: describeScript,
  python: describePython,
  rust: describeRust,
  tsx: describeScript,
  typescript: describeScript,
};

function describePython(node: Node): Described {
  switch (node.type) {
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
      return { kind: 'import' };
    case 'pass_statement':
      return comment;
    case 'decorated_definition':
    case 'class_definition':
    case 'function_definition':
      return describePythonDefinition(node);
    case 'expression_statement': {
      const [child] = node.namedChildren;
      if (child?.type === 'string' || child?.type === 'ellipsis') return comment;
      const left = child?.type === 'assignment' ? child.childForFieldName('left') : null;
      return left?.type === 'identifier' ? value(left.text, node) : other;
    }
    default:
      return other;
  }
}

function describePythonDefinition(node: Node): Described {
  const inner = node.type === 'decorated_definition' ? node.childForFieldName('definition') : node;
  const name = inner?.childForFieldName('name')?.text;
  const body = inner?.childForFieldName('body');
  if (inner === null || name === undefined || !body) return other;
  if (inner.type === 'class_definition') return { kind: 'container', name, body, core: inner.startIndex };
  const decorators = node.text.slice(0, inner.startIndex - node.startIndex);
  const accessor = /@\w+\.(setter|deleter|getter)\b/.exec(decorators)?.[1];
  const first = inner.childForFieldName('parameters')?.namedChildren[0]?.text;
  return {
    kind: 'definition',
    sort: 'function',
    name: accessor === undefined ? name : `${name}.${accessor}`,
    bareName: name,
    takesSelf: first === 'self' || first === 'cls' || /@(?:staticmethod|classmethod|property)\b/.test(decorators),
    body,
    core: inner.startIndex,
  };
}

const functionValues = new Set(['arrow_function', 'function_expression', 'generator_function', 'function']);

function describeScript(node: Node): Described {
  switch (node.type) {
    case 'import_statement':
    case 'import_alias':
      return { kind: 'import' };
    case 'empty_statement':
      return comment;
    case 'export_statement': {
      const declaration = node.childForFieldName('declaration');
      return declaration === null ? other : describeScript(declaration);
    }
    case 'function_declaration':
    case 'generator_function_declaration':
      return named(node, 'function');
    case 'interface_declaration':
    case 'type_alias_declaration':
    case 'enum_declaration':
      return named(node, 'type');
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'internal_module':
    case 'module':
      return container(node);
    case 'lexical_declaration':
    case 'variable_declaration':
      return describeVariables(node);
    case 'method_definition': {
      const name = node.childForFieldName('name')?.text ?? '';
      const marks = node.children.flatMap((child) => (child !== null && /^(?:get|set|static)$/.test(child.type) ? [child.type] : []));
      const body = node.childForFieldName('body') ?? undefined;
      return { kind: 'definition', sort: 'function', name: [...marks, name].join(' '), takesSelf: true, body, core: afterModifier(node) };
    }
    case 'field_definition':
    case 'public_field_definition': {
      const name = (node.childForFieldName('property') ?? node.childForFieldName('name'))?.text;
      const assigned = node.childForFieldName('value');
      const sort = assigned !== null && functionValues.has(assigned.type) ? 'function' : 'value';
      return name === undefined ? other : { kind: 'definition', sort, name, takesSelf: true, core: afterModifier(node) };
    }
    case 'expression_statement':
      return describeExpression(node);
    default:
      return other;
  }
}

function describeVariables(node: Node): Described {
  const declarators = node.namedChildren.filter((child) => child?.type === 'variable_declarator');
  const [declarator] = declarators;
  const assigned = declarator?.childForFieldName('value');
  if (!declarator || declarators.length > 1) return other;
  if (assigned?.type === 'call_expression' && assigned.childForFieldName('function')?.text === 'require') return { kind: 'import' };
  const name = declarator.childForFieldName('name');
  if (name?.type !== 'identifier') return other;
  if (!assigned || !functionValues.has(assigned.type)) return value(name.text, node);
  const body = assigned.childForFieldName('body') ?? undefined;
  return { kind: 'definition', sort: 'function', name: name.text, body, core: node.startIndex };
}

function describeExpression(node: Node): Described {
  const [child] = node.namedChildren;
  if (child?.type === 'internal_module') return container(child);
  const left = child?.type === 'assignment_expression' ? child.childForFieldName('left') : null;
  const right = child?.childForFieldName('right');
  if (left?.type !== 'member_expression' || !right || !functionValues.has(right.type)) return other;
  return {
    kind: 'definition',
    sort: 'function',
    name: left.text,
    body: right.childForFieldName('body') ?? undefined,
    core: node.startIndex,
  };
}

function describeGo(node: Node): Described {
  switch (node.type) {
    case 'import_declaration':
      return { kind: 'import' };
    case 'function_declaration':
      return named(node, 'function');
    case 'method_declaration': {
      const receiver = /([\p{L}_][\p{L}\p{N}_]{0,200})\s{0,20}(?:\[[^\]]{0,200}\]\s{0,20})?\)$/u.exec(
        node.childForFieldName('receiver')?.text.slice(0, 300) ?? '',
      )?.[1];
      const name = node.childForFieldName('name')?.text;
      if (receiver === undefined || name === undefined) return other;
      const body = node.childForFieldName('body') ?? undefined;
      return { kind: 'definition', sort: 'function', name: `${receiver}.${name}`, body, core: node.startIndex };
    }
    case 'type_declaration':
    case 'var_declaration':
    case 'const_declaration': {
      const specs = node.namedChildren.filter((child) => child !== null && /_(?:spec|alias)$/.test(child.type));
      const name = specs.length === 1 ? specs[0]?.childForFieldName('name')?.text : undefined;
      if (name === undefined) return other;
      return { kind: 'definition', sort: node.type === 'type_declaration' ? 'type' : 'value', name, core: node.startIndex };
    }
    default:
      return other;
  }
}

function describeRust(node: Node): Described {
  switch (node.type) {
    case 'attribute_item':
      return { kind: 'attribute' };
    case 'use_declaration':
    case 'extern_crate_declaration':
      return { kind: 'import' };
    case 'function_item':
    case 'function_signature_item': {
      const described = named(node, 'function');
      const takesSelf = node.childForFieldName('parameters')?.namedChildren[0]?.type === 'self_parameter';
      return described.kind === 'definition' ? { ...described, takesSelf, core: afterModifier(node) } : described;
    }
    case 'struct_item':
    case 'enum_item':
    case 'union_item':
    case 'type_item':
    case 'macro_definition': {
      const described = named(node, 'type');
      return described.kind === 'definition' ? { ...described, core: afterModifier(node) } : described;
    }
    case 'const_item':
    case 'static_item': {
      const name = node.childForFieldName('name')?.text;
      return name === undefined ? other : value(name, node);
    }
    case 'impl_item': {
      const body = node.childForFieldName('body');
      const type = node.childForFieldName('type')?.text.replace(/<.*/s, '');
      const trait = node.childForFieldName('trait')?.text;
      if (body === null || type === undefined) return other;
      return { kind: 'container', name: trait === undefined ? type : `${trait} for ${type}`, body, core: node.startIndex };
    }
    case 'mod_item':
    case 'trait_item':
      return container(node);
    default:
      return other;
  }
}

function describeJava(node: Node): Described {
  switch (node.type) {
    case 'import_declaration':
      return { kind: 'import' };
    case 'class_declaration':
    case 'interface_declaration':
    case 'record_declaration': {
      const described = container(node);
      return described.kind === 'container' ? { ...described, core: afterModifier(node) } : described;
    }
    case 'enum_declaration':
    case 'annotation_type_declaration':
      return named(node, 'type');
    case 'method_declaration':
    case 'constructor_declaration': {
      const name = node.childForFieldName('name')?.text ?? '';
      if (name === '') return other;
      const types = node.childForFieldName('parameters')?.namedChildren.flatMap((child) => child?.childForFieldName('type')?.text ?? []);
      const body = node.childForFieldName('body') ?? undefined;
      const described = { kind: 'definition', sort: 'function', takesSelf: true, body, core: afterModifier(node) } as const;
      return { ...described, name: `${name}(${types?.join(', ')})`, bareName: name };
    }
    case 'field_declaration': {
      const declarators = node.namedChildren.filter((child) => child?.type === 'variable_declarator');
      const name = declarators.length === 1 ? declarators[0]?.childForFieldName('name')?.text : undefined;
      return name === undefined ? other : value(name, node);
    }
    default:
      return other;
  }
}

function named(node: Node, sort: 'function' | 'type'): Described {
  const name = node.childForFieldName('name')?.text;
  const body = node.childForFieldName('body') ?? undefined;
  return name === undefined || name === '' ? other : { kind: 'definition', sort, name, body, core: node.startIndex };
}

function container(node: Node): Described {
  const name = node.childForFieldName('name')?.text;
  const body = node.childForFieldName('body');
  return name === undefined || body === null ? other : { kind: 'container', name, body, core: node.startIndex };
}

function value(name: string, node: Node): Described {
  return { kind: 'definition', sort: 'value', name, core: node.startIndex };
}

/** Where a node's own words begin, after annotations, `public` and `pub`. */
function afterModifier(node: Node): number {
  const [first, second] = node.children;
  const isModifier = first !== null && first !== undefined && /^(?:modifiers|visibility_modifier|accessibility_modifier)$/.test(first.type);
  return isModifier && second ? second.startIndex : node.startIndex;
}

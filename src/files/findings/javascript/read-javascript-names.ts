import { NameScope, type NameReading, type NameUse } from '../name-scope.ts';
import type { SourceNode } from '../source-tree.ts';

export interface JavaScriptNameReading extends NameReading {
  /** Names that the file checks for before it uses them. */
  asked: ReadonlySet<string>;
  /** Names that are assigned without a declaration, which creates a global variable outside of modules. */
  assigned: ReadonlySet<string>;
}

/** The names of values that a JavaScript or TypeScript file binds and uses, each in its scope. Types are bound, but their use is ignored. */
export function readJavaScriptNames(root: SourceNode): JavaScriptNameReading {
  return new JavaScriptNames(root).reading;
}

/** Nodes that contain no value that the program reads. */
const withoutValues: ReadonlySet<string> = new Set([
  'asserts_annotation',
  'comment',
  'constructor_type',
  'extends_type_clause',
  'function_type',
  'implements_clause',
  'import_attribute',
  'index_signature',
  'jsx_closing_element',
  'jsx_namespace_name',
  'method_signature',
  'abstract_method_signature',
  'opting_type_annotation',
  'omitting_type_annotation',
  'property_signature',
  'type_annotation',
  'type_arguments',
  'type_parameters',
  'type_predicate_annotation',
]);

class JavaScriptNames {
  readonly reading: JavaScriptNameReading;
  readonly #module = new NameScope('module');
  readonly #uses: NameUse[] = [];
  readonly #asked = new Set<string>();
  readonly #assigned = new Set<string>();
  #isOpen = false;

  constructor(root: SourceNode) {
    this.#visitAll(root, this.#module);
    const isOpen = this.#isOpen;
    this.reading = { module: this.#module, uses: this.#uses, isOpen, asked: this.#asked, assigned: this.#assigned };
  }

  #visitAll(node: SourceNode, scope: NameScope): void {
    for (const child of node.children) this.#visit(child, scope);
  }

  #visit(node: SourceNode | undefined, scope: NameScope): void {
    if (node === undefined || withoutValues.has(node.type)) return;
    switch (node.type) {
      case 'identifier':
      case 'shorthand_property_identifier':
      case 'shorthand_property_identifier_pattern':
        if (node.text === 'eval') this.#isOpen = true;
        this.#uses.push({ name: node.text, node, scope });
        return;
      case 'with_statement':
        this.#isOpen = true;
        return;
      case 'function_declaration':
      case 'generator_function_declaration':
      case 'function_signature':
        this.#bind(node.child('name'), scope.body);
        return this.#visitFunction(node, scope);
      case 'function_expression':
      case 'generator_function':
      case 'arrow_function':
      case 'method_definition':
        return this.#visitFunction(node, scope);
      case 'class_declaration':
      case 'abstract_class_declaration':
        this.#bind(node.child('name'), scope);
        return this.#visitClass(node, scope);
      case 'class':
        return this.#visitClass(node, scope);
      case 'interface_declaration':
      case 'type_alias_declaration':
        return this.#bind(node.child('name'), scope);
      case 'enum_declaration':
        return this.#visitEnum(node, scope);
      case 'internal_module':
      case 'module':
        return this.#visitNamespace(node, scope);
      case 'import_statement':
      case 'import_alias':
        return this.#visitImport(node, scope);
      case 'export_statement':
        return this.#visitExport(node, scope);
      case 'variable_declaration':
      case 'lexical_declaration':
      case 'using_declaration':
        for (const declarator of node.children) {
          this.#bindPattern(declarator.child('name'), { target: node.type === 'variable_declaration' ? scope.body : scope, scope });
          this.#visit(declarator.child('value'), scope);
        }
        return;
      case 'assignment_expression':
        // The grammar of TypeScript does not know this keyword.
        if (/^using\s/.test(node.text.slice(0, 8))) this.#bindPattern(node.child('left'), { target: scope, scope });
        this.#assign(node.child('left'), scope);
        return this.#visit(node.child('right'), scope);
      case 'as_expression':
      case 'satisfies_expression':
      case 'instantiation_expression':
        return this.#visit(node.children[0], scope);
      case 'type_assertion':
        return this.#visit(node.children.at(-1), scope);
      default:
        return this.#visitBlock(node, scope);
    }
  }

  #visitBlock(node: SourceNode, scope: NameScope): void {
    switch (node.type) {
      case 'statement_block':
      case 'switch_body':
      case 'for_statement':
      case 'class_static_block':
        return this.#visitAll(node, new NameScope('block', scope));
      case 'for_in_statement':
        return this.#visitForIn(node, new NameScope('block', scope));
      case 'catch_clause': {
        const inner = new NameScope('block', scope);
        this.#bindPattern(node.child('parameter'), { target: inner, scope: inner });
        return this.#visit(node.child('body'), inner);
      }
      case 'unary_expression': {
        const argument = node.child('argument');
        if (argument?.type === 'identifier' && node.text.startsWith('typeof')) this.#asked.add(argument.text);
        return this.#visitAll(node, scope);
      }
      case 'jsx_opening_element':
      case 'jsx_self_closing_element': {
        const name = node.child('name');
        const isTag = name?.type === 'identifier' && !/^[A-Z_$]/.test(name.text);
        for (const child of node.children) if (child !== name || !isTag) this.#visit(child, scope);
        return;
      }
      default:
        return this.#visitAll(node, scope);
    }
  }

  #bind(node: SourceNode | undefined, scope: NameScope): void {
    if (node !== undefined) scope.bind(node.text);
  }

  #visitFunction(node: SourceNode, scope: NameScope): void {
    const inner = new NameScope('function', scope);
    const name = node.child('name');
    if (name?.type === 'identifier') inner.bind(name.text);
    else this.#visit(name, scope);
    for (const decorator of node.childrenOf('decorator')) this.#visit(decorator, scope);
    this.#bindPattern(node.child('parameter'), { target: inner, scope: inner });
    for (const parameter of node.child('parameters')?.children ?? []) {
      const pattern = parameter.child('pattern') ?? parameter;
      this.#bindPattern(pattern, { target: inner, scope: inner });
      if (pattern !== parameter) for (const child of parameter.children) if (child !== pattern) this.#visit(child, inner);
    }
    const body = node.child('body');
    if (body?.type === 'statement_block') this.#visitAll(body, inner);
    else this.#visit(body, inner);
  }

  #visitClass(node: SourceNode, scope: NameScope): void {
    const inner = new NameScope('block', scope);
    const name = node.child('name');
    this.#bind(name, inner);
    for (const child of node.children) if (child !== name) this.#visit(child, inner);
  }

  #visitEnum(node: SourceNode, scope: NameScope): void {
    this.#bind(node.child('name'), scope);
    const inner = new NameScope('block', scope);
    for (const member of node.child('body')?.children ?? []) this.#bind(member.child('name') ?? member, inner);
    for (const member of node.child('body')?.children ?? []) this.#visit(member.child('value'), inner);
  }

  /** Parts of one namespace see each other's names, so the names are bound around it. */
  #visitNamespace(node: SourceNode, scope: NameScope): void {
    const name = node.child('name');
    const first = name?.type === 'nested_identifier' ? [...name.walk()].find(({ type }) => type === 'identifier') : name;
    if (first?.type === 'identifier') this.#bind(first, scope);
    const body = node.child('body');
    if (body !== undefined) this.#visitAll(body, scope);
  }

  #visitImport(node: SourceNode, scope: NameScope): void {
    for (const part of node.children) {
      if (part.type === 'identifier') scope.bind(part.text);
      if (part.type !== 'import_clause' && part.type !== 'import_require_clause') continue;
      for (const { type, field, text, parent } of part.walk()) {
        const isRenamed = field === 'name' && parent?.child('alias') !== undefined;
        if (type === 'identifier' && !isRenamed) scope.bind(text);
      }
    }
  }

  #visitExport(node: SourceNode, scope: NameScope): void {
    if (node.child('source') !== undefined) return;
    for (const child of node.children) {
      if (child.type === 'export_clause') for (const specifier of child.children) this.#visit(specifier.child('name'), scope);
      else if (child.type !== 'namespace_export') this.#visit(child, scope);
    }
  }

  #visitForIn(node: SourceNode, scope: NameScope): void {
    const left = node.child('left');
    if (left !== undefined) {
      const words = node.source.slice(node.start, left.start);
      if (/\bvar\s*$/.test(words)) this.#bindPattern(left, { target: scope.body, scope });
      else if (/\b(?:let|const|using)\s*$/.test(words)) this.#bindPattern(left, { target: scope, scope });
      else this.#assign(left, scope);
    }
    for (const child of node.children) if (child !== left) this.#visit(child, scope);
  }

  #assign(left: SourceNode | undefined, scope: NameScope): void {
    if (left !== undefined) this.#noteAssigned(left);
    this.#visit(left, scope);
  }

  #noteAssigned(target: SourceNode): void {
    if (target.type === 'identifier' || target.type === 'shorthand_property_identifier_pattern') this.#assigned.add(target.text);
    else if (target.type.endsWith('pattern'))
      for (const part of target.children) if (part.field !== 'key' && part.field !== 'right') this.#noteAssigned(part);
  }

  #bindPattern(node: SourceNode | undefined, where: { target: NameScope; scope: NameScope }): void {
    if (node === undefined || withoutValues.has(node.type)) return;
    switch (node.type) {
      case 'identifier':
      case 'shorthand_property_identifier_pattern':
        return where.target.bind(node.text);
      case 'pair_pattern':
        this.#visit(node.child('key'), where.scope);
        return this.#bindPattern(node.child('value'), where);
      case 'assignment_pattern':
      case 'object_assignment_pattern':
        this.#bindPattern(node.child('left'), where);
        return this.#visit(node.child('right'), where.scope);
      case 'object_pattern':
      case 'array_pattern':
      case 'rest_pattern':
        for (const child of node.children) this.#bindPattern(child, where);
        return;
      default:
        return this.#visit(node, where.scope);
    }
  }
}

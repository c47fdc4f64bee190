import { NameScope, type NameReading, type NameUse } from '../name-scope.ts';
import type { SourceNode } from '../source-tree.ts';

/** Code that uses one of these may bind names that are not visible. */
const opening: ReadonlySet<string> = new Set(['exec', 'execfile', 'globals', 'vars', '__builtins__', 'builtins', '__builtin__']);

const openingAttributes = /^(?:sys\.modules|(?:enum\.)?_?Int(?:Enum|Flag)\._convert_|enum\.(?:_simple_enum|global_enum))$/;

/** The names that a Python module binds and uses, each in its scope. */
export function readPythonNames(root: SourceNode): NameReading {
  return new PythonNames(root).reading;
}

class PythonNames {
  readonly reading: NameReading;
  readonly #module = new NameScope('module');
  readonly #uses: NameUse[] = [];
  #isOpen = false;
  /** Annotations are not evaluated. */
  #hasLazyAnnotations = false;

  constructor(root: SourceNode) {
    this.#visitAll(root, this.#module);
    this.reading = { module: this.#module, uses: this.#uses, isOpen: this.#isOpen };
  }

  #visitAll(node: SourceNode, scope: NameScope): void {
    for (const child of node.children) this.#visit(child, scope);
  }

  #visit(node: SourceNode | undefined, scope: NameScope): void {
    if (node === undefined) return;
    switch (node.type) {
      case 'identifier':
        return this.#use(node, scope);
      case 'function_definition':
        return this.#visitFunction(node, scope);
      case 'class_definition':
        return this.#visitClass(node, scope);
      case 'lambda': {
        const inner = new NameScope('function', scope);
        this.#visitParameters(node.child('parameters'), { inner, outer: scope });
        return this.#visit(node.child('body'), inner);
      }
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        return this.#visitAll(node, new NameScope('block', scope));
      case 'for_in_clause':
      case 'for_statement':
      case 'assignment':
      case 'augmented_assignment':
      case 'named_expression':
        return this.#visitBinding(node, scope);
      case 'as_pattern':
        return this.#visitAs(node, scope);
      case 'case_pattern':
        return this.#visitPattern(node, scope);
      case 'keyword_argument':
        return this.#visit(node.child('value'), scope);
      case 'attribute':
        if (openingAttributes.test(node.text)) this.#isOpen = true;
        return this.#visit(node.child('object'), scope);
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
        return this.#visitImport(node, scope);
      case 'global_statement':
        for (const { text } of node.children) {
          scope.body.moduleNames.add(text);
          this.#module.bind(text);
        }
        return;
      case 'nonlocal_statement':
        return;
      case 'delete_statement':
        return this.#bindTarget(node, scope);
      case 'type_alias_statement':
        return this.#visitTypeAlias(node, scope);
      case 'member_type':
        return this.#visit(node.children[0], scope);
      default:
        return this.#visitAll(node, scope);
    }
  }

  #use(node: SourceNode, scope: NameScope): void {
    if (opening.has(node.text)) this.#isOpen = true;
    this.#uses.push({ name: node.text, node, scope });
  }

  #visitFunction(node: SourceNode, scope: NameScope): void {
    this.#bindTarget(node.child('name'), scope);
    const header = this.#headerOf(node, scope);
    const inner = new NameScope('function', header);
    this.#visitParameters(node.child('parameters'), { inner, outer: header });
    if (!this.#hasLazyAnnotations) this.#visit(node.child('return_type'), header);
    this.#visit(node.child('body'), inner);
  }

  #visitClass(node: SourceNode, scope: NameScope): void {
    this.#bindTarget(node.child('name'), scope);
    const header = this.#headerOf(node, scope);
    this.#visit(node.child('superclasses'), header);
    this.#visit(node.child('body'), new NameScope('class', header));
  }

  /** The scope in which the type parameters are known. */
  #headerOf(node: SourceNode, scope: NameScope): NameScope {
    const parameters = node.child('type_parameters');
    if (parameters === undefined) return scope;
    const header = new NameScope('block', scope);
    for (const { type, text } of parameters.walk()) if (type === 'identifier') header.bind(text);
    return header;
  }

  #visitParameters(parameters: SourceNode | undefined, { inner, outer }: { inner: NameScope; outer: NameScope }): void {
    for (const parameter of parameters?.children ?? []) {
      const isNamed = parameter.child('name') !== undefined;
      this.#bindTarget(isNamed ? parameter.child('name') : parameter.type === 'typed_parameter' ? parameter.children[0] : parameter, inner);
      this.#visit(parameter.child('value'), outer);
      if (!this.#hasLazyAnnotations) this.#visit(parameter.child('type'), outer);
    }
  }

  #visitBinding(node: SourceNode, scope: NameScope): void {
    for (const child of node.children) {
      if (child.field === 'left') this.#bindTarget(child, scope);
      else if (child.field === 'name') this.#bindTarget(child, scope.body);
      else if (child.field !== 'type') this.#visit(child, scope);
      // The annotations of a function's own variables are never evaluated.
      else if (!this.#hasLazyAnnotations && scope.body.kind !== 'function') this.#visit(child, scope);
    }
  }

  #visitAs(node: SourceNode, scope: NameScope): void {
    const alias = node.child('alias') ?? node.children.at(-1);
    for (const child of node.children) if (child !== alias) this.#visit(child, scope);
    this.#bindTarget(alias, scope);
  }

  #visitPattern(node: SourceNode, scope: NameScope): void {
    for (const child of node.children) {
      const [first] = child.children;
      if (child.type === 'dotted_name') {
        if (child.children.length === 1) scope.bind(child.text);
        else this.#visit(first, scope);
      } else if (child.type === 'class_pattern') {
        this.#visit(first?.children[0], scope);
        for (const part of child.children.slice(1)) this.#visitPattern(part, scope);
      } else if (child.type === 'keyword_pattern') {
        for (const part of child.children.slice(1)) this.#bindNames(part, scope);
      } else if (child.type === 'splat_pattern') this.#bindNames(child, scope);
      else if (child.type === 'as_pattern') {
        this.#visitPattern(child, scope);
        this.#bindTarget(child.children.at(-1), scope);
      } else this.#visitPattern(child, scope);
    }
  }

  #bindNames(node: SourceNode, scope: NameScope): void {
    for (const { type, text } of node.walk()) if (type === 'identifier') scope.bind(text);
  }

  #visitImport(node: SourceNode, scope: NameScope): void {
    if (node.type === 'future_import_statement') this.#hasLazyAnnotations ||= node.text.includes('annotations');
    if (node.children.some(({ type }) => type === 'wildcard_import')) this.#isOpen = true;
    for (const name of node.childrenOf('name')) {
      const bound = name.child('alias') ?? (name.type === 'dotted_name' ? name.children[0] : undefined);
      if (bound === undefined) continue;
      scope.bind(bound.text);
      if (opening.has(name.text)) this.#isOpen = true;
    }
  }

  #visitTypeAlias(node: SourceNode, scope: NameScope): void {
    const left = node.child('left');
    if (left !== undefined) this.#bindNames(left, scope);
  }

  #bindTarget(node: SourceNode | undefined, scope: NameScope): void {
    if (node === undefined) return;
    switch (node.type) {
      case 'identifier':
        return scope.bind(node.text);
      case 'delete_statement':
      case 'expression_list':
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
      case 'tuple':
      case 'list':
      case 'list_splat':
      case 'list_splat_pattern':
      case 'dictionary_splat_pattern':
      case 'parenthesized_expression':
      case 'as_pattern_target':
        for (const child of node.children) this.#bindTarget(child, scope);
        return;
      case 'attribute':
      case 'subscript':
        return this.#visit(node, scope);
      default:
        return this.#visitAll(node, scope);
    }
  }
}

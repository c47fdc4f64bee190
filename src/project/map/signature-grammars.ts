import type { GrammarName } from '../../files/syntax/load-grammar.ts';

/** Which nodes of a grammar define something that others use. */
export interface SignatureGrammar {
  readonly name: GrammarName;
  /** The node of an export. If a file has any, nothing else is shown of it. */
  readonly exports?: string;
  /** Nodes whose children are looked at as if they stood there themselves. */
  readonly around: ReadonlySet<string>;
  /** Nodes around one definition that belong to its signature. */
  readonly wrappers: ReadonlySet<string>;
  /** Definitions with others in them. */
  readonly containers: ReadonlySet<string>;
  readonly definitions: ReadonlySet<string>;
}

interface Row {
  endings: string;
  exports?: string;
  around?: string;
  wrappers?: string;
  containers?: string;
  definitions: string;
}

const script = {
  exports: 'export_statement',
  containers: 'class_declaration abstract_class_declaration interface_declaration internal_module',
  definitions:
    'function_declaration generator_function_declaration function_signature type_alias_declaration enum_declaration lexical_declaration variable_declaration method_definition method_signature abstract_method_signature property_signature public_field_definition field_definition',
};

const rows: Readonly<Partial<Record<GrammarName, Row>>> = {
  typescript: { endings: 'ts mts cts', ...script },
  tsx: { endings: 'tsx', ...script },
  javascript: { endings: 'js jsx mjs cjs', ...script },
  python: {
    endings: 'py pyi',
    wrappers: 'decorated_definition',
    containers: 'class_definition',
    definitions: 'function_definition',
  },
  go: { endings: 'go', definitions: 'function_declaration method_declaration type_declaration const_declaration var_declaration' },
  rust: {
    endings: 'rs',
    containers: 'impl_item trait_item mod_item',
    definitions: 'function_item function_signature_item struct_item enum_item union_item type_item const_item static_item macro_definition',
  },
  java: {
    endings: 'java',
    containers: 'class_declaration interface_declaration record_declaration enum_declaration annotation_type_declaration',
    definitions: 'method_declaration constructor_declaration',
  },
  'c-sharp': {
    endings: 'cs',
    around: 'namespace_declaration',
    containers: 'class_declaration interface_declaration struct_declaration record_declaration',
    definitions: 'method_declaration constructor_declaration property_declaration delegate_declaration enum_declaration',
  },
  cpp: {
    endings: 'c h cc cpp cxx hh hpp hxx inl',
    around: 'namespace_definition linkage_specification preproc_ifdef preproc_if declaration_list',
    wrappers: 'template_declaration',
    containers: 'class_specifier struct_specifier',
    definitions: 'function_definition declaration field_declaration type_definition alias_declaration enum_specifier',
  },
  ruby: { endings: 'rb', containers: 'class module', definitions: 'method singleton_method' },
  php: {
    endings: 'php',
    around: 'namespace_definition',
    containers: 'class_declaration interface_declaration trait_declaration enum_declaration',
    definitions: 'function_definition method_declaration',
  },
  bash: { endings: 'sh bash', definitions: 'function_definition' },
};

const setOf = (types = '') => new Set(types.split(' '));
const byEnding = new Map(
  Object.entries(rows).flatMap(([name, { endings, exports, around, wrappers, containers, definitions }]) => {
    const grammar: SignatureGrammar = {
      name: name as GrammarName,
      ...(exports === undefined ? {} : { exports }),
      around: setOf(around),
      wrappers: setOf(wrappers),
      containers: setOf(containers),
      definitions: setOf(definitions),
    };
    return endings.split(' ').map((ending) => [ending, grammar] as const);
  }),
);

/** The grammar for a path. Undefined for a language of which only names are known. */
export function signatureGrammarOf(path: string): SignatureGrammar | undefined {
  return byEnding.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}

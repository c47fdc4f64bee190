import type { Node } from '@vscode/tree-sitter-wasm';
import { placeOf, type NodeRule } from './check-with-grammar.ts';
import { lateGlobal } from './late-global.ts';
import { quoteText, type SyntaxFinding } from './syntax-finding.ts';

/** What Python's compiler refuses although the grammar accepts it. */
export const pythonCompileRules: Readonly<Record<string, NodeRule>> = {
  function_definition: lateGlobal,
  parameters: repeatedParameter,
  lambda_parameters: repeatedParameter,
  argument_list: repeatedKeyword,
  return_statement: (node) => outside(node, 'function_definition', "'return' stands outside of a function"),
  yield: (node) =>
    !node.isNamed || within(node, ['lambda']) ? undefined : outside(node, 'function_definition', "'yield' stands outside of a function"),
  nonlocal_statement: (node) => outside(node, 'function_definition', "'nonlocal' stands outside of a function"),
  break_statement: (node) => outsideOfLoop(node, "'break' stands outside of a loop"),
  continue_statement: (node) => outsideOfLoop(node, "'continue' stands outside of a loop"),
};

function repeatedParameter(parameters: Node): SyntaxFinding | undefined {
  const seen = new Set<string>();
  for (const parameter of parameters.namedChildren) {
    const name = parameter === null ? undefined : nameOf(parameter);
    if (name === undefined) continue;
    if (seen.has(name.text)) return { ...placeOf(name), message: `the parameter ${quoteText(name.text)} is given twice` };
    seen.add(name.text);
  }
  return undefined;
}

/** The name comes first, also with a type, a default or a star. */
function nameOf(parameter: Node): Node | undefined {
  if (parameter.type === 'identifier') return parameter;
  if (!/(?:parameter|pattern)$/.test(parameter.type)) return undefined;
  const [first] = parameter.namedChildren;
  return first === undefined || first === null ? undefined : nameOf(first);
}

function repeatedKeyword(list: Node): SyntaxFinding | undefined {
  const seen = new Set<string>();
  for (const argument of list.namedChildren) {
    const name = argument?.type === 'keyword_argument' ? argument.namedChildren[0] : undefined;
    if (name === undefined || name === null) continue;
    if (seen.has(name.text)) return { ...placeOf(name), message: `the argument ${quoteText(name.text)} is given twice` };
    seen.add(name.text);
  }
  return undefined;
}

function outside(node: Node, wanted: string, message: string): SyntaxFinding | undefined {
  return nearest(node, [wanted, 'class_definition'])?.type === wanted ? undefined : { ...placeOf(node), message };
}

function outsideOfLoop(node: Node, message: string): SyntaxFinding | undefined {
  const found = nearest(node, ['for_statement', 'while_statement', 'function_definition', 'class_definition']);
  return found !== undefined && found.type.endsWith('_statement') ? undefined : { ...placeOf(node), message };
}

function within(node: Node, types: readonly string[]): boolean {
  return nearest(node, types) !== undefined;
}

function nearest(node: Node, types: readonly string[]): Node | undefined {
  for (let parent = node.parent; parent !== null; parent = parent.parent) if (types.includes(parent.type)) return parent;
  return undefined;
}

import type { SourceNode } from '../source-tree.ts';
import { nameOfPackage } from './go-standard-packages.ts';

export interface GoImport {
  node: SourceNode;
  path: string;
  /** Its name in the file; `.` and `_` are kept. */
  name: string;
  isRenamed: boolean;
}

export interface GoFile {
  imports: GoImport[];
  /** The members that are used of each name: `fmt.Println`. */
  members: ReadonlyMap<string, ReadonlySet<string>>;
  firstUse: ReadonlyMap<string, SourceNode>;
  /** All names that the file defines, in any scope. */
  declared: ReadonlySet<string>;
}

/** A file with more imports is not judged: each is compared with all others. */
const mostImports = 300;

export function readGoFile(root: SourceNode): GoFile {
  const imports: GoImport[] = [];
  const members = new Map<string, Set<string>>();
  const firstUse = new Map<string, SourceNode>();
  const declared = new Set<string>();
  for (const node of root.walk()) {
    if (node.type === 'import_spec') {
      const path = (node.child('path')?.text ?? '').slice(1, -1);
      const name = node.child('name')?.text;
      imports.push({ node, path, name: name ?? nameOfPackage(path), isRenamed: name !== undefined });
      continue;
    }
    const user = userOf(node);
    if (user !== undefined) {
      const [name, member] = user;
      members.set(name, (members.get(name) ?? new Set()).add(member));
      if (!firstUse.has(name)) firstUse.set(name, node);
    } else if (declares(node)) declared.add(node.text);
  }
  const isByHand = imports.length <= mostImports;
  return { imports: isByHand ? imports : [], members: isByHand ? members : new Map(), firstUse, declared };
}

function userOf(node: SourceNode): [string, string] | undefined {
  const isType = node.type === 'qualified_type';
  if (!isType && node.type !== 'selector_expression') return undefined;
  const name = node.child(isType ? 'package' : 'operand');
  const member = node.child(isType ? 'name' : 'field');
  return (name?.type === 'identifier' || name?.type === 'package_identifier') && member !== undefined
    ? [name.text, member.text]
    : undefined;
}

function declares({ type, field, parent }: SourceNode): boolean {
  if (type !== 'identifier' && type !== 'type_identifier') return false;
  if (field === 'name') return parent?.type !== 'qualified_type';
  // Names on the left of `:=` and `=`, in a range, a type switch and a receiving case.
  return parent?.type === 'expression_list' && (parent.field === 'left' || parent.field === 'alias');
}

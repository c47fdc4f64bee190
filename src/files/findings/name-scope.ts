import type { SourceNode } from './source-tree.ts';

/** `function` hides the names of a class around it, `class` shows its names only to its own statements, `block` is everything else. */
export type ScopeKind = 'module' | 'function' | 'class' | 'block';

/** The names that are bound at one place of a file, in whatever order: the source does not show when each is bound. */
export class NameScope {
  readonly kind: ScopeKind;
  readonly parent: NameScope | undefined;
  readonly names = new Set<string>();
  /** Names that are declared as names of the module. */
  readonly moduleNames = new Set<string>();

  constructor(kind: ScopeKind, parent?: NameScope) {
    this.kind = kind;
    this.parent = parent;
  }

  get module(): NameScope {
    return this.parent?.module ?? this;
  }

  /** The scope that a declaration without a block of its own belongs to. */
  get body(): NameScope {
    return this.kind === 'block' && this.parent !== undefined ? this.parent.body : this;
  }

  bind(name: string): void {
    (this.moduleNames.has(name) ? this.module : this).names.add(name);
  }

  has(name: string): boolean {
    return isBound(name, this);
  }
}

function isBound(name: string, from: NameScope): boolean {
  let seesClass = true;
  for (let scope: NameScope | undefined = from; scope !== undefined; scope = scope.parent) {
    if ((scope.kind !== 'class' || seesClass) && scope.names.has(name)) return true;
    if (scope.kind === 'function') seesClass = false;
  }
  return false;
}

export interface NameUse {
  name: string;
  node: SourceNode;
  scope: NameScope;
}

/** What a file binds and uses. */
export interface NameReading {
  module: NameScope;
  uses: NameUse[];
  /** Names may come from invisible places: a star import, or code that is created at run time. */
  isOpen: boolean;
}

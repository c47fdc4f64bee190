import type { SourceNode } from './source-tree.ts';

/** `function` hides the names of a class around it, `class` shows its names to its own statements only, `block` is all the rest. */
export type ScopeKind = 'module' | 'function' | 'class' | 'block';

/** The names that are bound at one place of a file, whenever that happens: an order of time cannot be seen. */
export class NameScope {
  readonly kind: ScopeKind;
  readonly parent: NameScope | undefined;
  readonly names = new Set<string>();
  /** Names that were declared to belong to the module. */
  readonly moduleNames = new Set<string>();

  constructor(kind: ScopeKind, parent?: NameScope) {
    this.kind = kind;
    this.parent = parent;
  }

  get module(): NameScope {
    let scope: NameScope = this;
    while (scope.parent !== undefined) scope = scope.parent;
    return scope;
  }

  /** The scope that a declaration without a block of its own belongs to. */
  get body(): NameScope {
    let scope: NameScope = this;
    while (scope.kind === 'block' && scope.parent !== undefined) scope = scope.parent;
    return scope;
  }

  bind(name: string): void {
    (this.moduleNames.has(name) ? this.module : this).names.add(name);
  }

  has(name: string): boolean {
    let scope: NameScope | undefined = this;
    let seesClass = true;
    while (scope !== undefined) {
      if ((scope.kind !== 'class' || seesClass) && scope.names.has(name)) return true;
      if (scope.kind === 'function') seesClass = false;
      scope = scope.parent;
    }
    return false;
  }
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
  /** Names may come from where nobody can see them: a star import, code that is made while it runs. */
  isOpen: boolean;
}

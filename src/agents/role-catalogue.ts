import { join } from 'node:path';
import type { RoleDeclaration } from '../config/role-settings.ts';
import { snakeCase } from '../config/role-settings.ts';
import { definitionFolders, type FolderEntry, type LeftOutFile, namesIn, tooManyEntries } from '../utils/definition-folder.ts';
import { shownName } from '../utils/printable.ts';
import { type CatalogueEntry, type CatalogueLayer, LayeredCatalogue } from '../utils/layered-catalogue.ts';
import type { InstructionText } from './instruction-text.ts';
import { readRole } from './read-role.ts';
import { invalidRole } from './read-markdown.ts';
import type { Role } from './role.ts';
import { builtInRoleFolder, roleNameOf } from './role-names.ts';

export interface RoleCatalogueOptions {
  /** Absolute: the person's folder for all projects; its roles are in `agents`. Default: none. */
  ownFolder?: string | undefined;
  /** Absolute: the project's folder; its roles are in `.multiagent/agents`. Default: none. */
  workspace?: string | undefined;
}

/** All roles: those of the program, of the person, of the workspace. A later one replaces an earlier one of the same name. */
export class RoleCatalogue {
  readonly #catalogue = new LayeredCatalogue<Role>();
  /** Files in the folders for roles that look like roles and are none, because of what they are called or are. */
  readonly leftOut: LeftOutFile[] = [];
  /** Roles of which a folder has two, by the path of the first: nobody could tell which of them is meant, so they are in nobody's team. */
  readonly #twice = new Map<string, () => Role>();

  /** @throws MultiagentError `role.invalid` for a folder that nobody could read through. */
  constructor(options: RoleCatalogueOptions = {}) {
    this.#addFolder('built_in', builtInRoleFolder, undefined);
    for (const { layer, folder } of definitionFolders('agents', options)) this.#addFolder(layer, folder.path, folder.within);
  }

  /** The roles in effect, in the order of the team. @throws MultiagentError `role.invalid`. */
  get roles(): Role[] {
    return this.list().map(({ role }) => role);
  }

  /** The same with the origin of each. @throws MultiagentError `role.invalid`. */
  list(): { role: Role; layer: CatalogueLayer; path?: string | undefined }[] {
    return this.#clear(this.#catalogue.list())
      .map(({ read, layer, path }) => ({ role: read(), layer, path }))
      .toSorted((a, b) => byPlace(a.role, b.role));
  }

  /** @throws MultiagentError `role.invalid`. */
  find(name: string): Role | undefined {
    return this.#catalogue.find(name)?.read();
  }

  /** Why a role of this name is in nobody's team, though there is one; undefined: no such reason. */
  whyUnclear(name: string): string | undefined {
    const { path = '' } = this.#catalogue.find(name) ?? {};
    return this.#twice.has(path) ? `${shownName(path)} cannot be used as a role: ${bothThere(name)}` : undefined;
  }

  /** Whether nothing that a role does may leave this machine. Where a file of it cannot be read, nobody knows that it may. */
  isPrivate(name: string): boolean {
    const entry = this.#catalogue.find(name);
    if (entry === undefined) return false;
    try {
      return entry.read().private;
    } catch {
      return true;
    }
  }

  /** The tools that steps of a role may call where they name none. None of a role that cannot be read: whoever needs it is told why. */
  toolsOf(name: string): readonly string[] {
    try {
      return this.find(name)?.tools ?? [];
    } catch {
      return [];
    }
  }

  /** The role for a type of task: the first on the team with instructions for it, from any layer. */
  whoDoes(taskType: string): Role | undefined {
    const entries = this.#clear(this.#catalogue.all());
    const names = new Set(entries.flatMap(({ name, read }) => (read().tasks.has(taskType) ? [name] : [])));
    return this.roles.find(({ id }) => names.has(id));
  }

  /** What the settings need to know about the roles. @throws MultiagentError `role.invalid`. */
  get declarations(): RoleDeclaration[] {
    // Settings of a role that is there twice are no mistake of the settings.
    const roles = this.#catalogue.list().map(({ path = '', read }) => (this.#twice.get(path) ?? read)());
    return roles.toSorted(byPlace).map(({ id, title, settings, model, sampling }) => {
      const isBuiltIn = this.#catalogue.all().some(({ name, layer }) => name === id && layer === 'built_in');
      return { name: id, title, settings, model, sampling, isBuiltIn };
    });
  }

  /** The instructions for a type of task: those of the role that does it, else those of any role that has some, the person's and the workspace's first. */
  instructionsFor(taskType: string, role: string | undefined): InstructionText | undefined {
    const entries = this.#clear(this.#catalogue.all());
    const own = entries.filter(({ name }) => name === role);
    for (const { read } of [...own, ...entries]) {
      const found = read().tasks.get(taskType);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #clear(entries: CatalogueEntry<Role>[]): CatalogueEntry<Role>[] {
    return entries.filter(({ path = '' }) => !this.#twice.has(path));
  }

  #addFolder(layer: CatalogueEntry<Role>['layer'], folder: string, within: string | undefined): void {
    const found = new Map<string, { path: string; kind: 'file' | 'folder' }[]>();
    const entries = namesIn({ path: folder, within });
    if (entries === undefined) throw invalidRole(folder, [tooManyEntries]);
    for (const entry of entries) {
      const { name: file, kind } = entry;
      if (file.startsWith('.') || file === 'README.md') continue;
      const path = join(folder, file);
      const name = roleNameOf(entry);
      if (name === undefined || kind === 'link') {
        const reason = whyNoRole(file, kind);
        if (reason !== undefined && (layer === 'user' || layer === 'workspace')) this.leftOut.push({ layer, path, reason });
        continue;
      }
      found.set(name, [...(found.get(name) ?? []), { path, kind }]);
    }
    for (const [name, [first, ...others]] of found)
      if (first !== undefined) this.#add({ name, layer, within, ...first }, others.length > 0);
  }

  #add(
    {
      name,
      layer,
      within,
      path,
      kind,
    }: { name: string; layer: CatalogueLayer; within: string | undefined; path: string; kind: 'file' | 'folder' },
    isTwice: boolean,
  ): void {
    const below = this.#clear(this.#catalogue.all()).find((entry) => entry.name === name);
    const readFirst = () => {
      if (!snakeCase.test(name)) throw invalidRole(path, ['a role is named in snake_case, such as code_reviewer']);
      const tasks = layer === 'built_in' ? 'when asked for' : 'now';
      return readRole({ name, path, kind, within, below: below?.read(), tasks });
    };
    const refuse = () => {
      throw invalidRole(path, [bothThere(name)]);
    };
    this.#catalogue.add({ name, layer, path, read: isTwice ? refuse : readFirst });
    if (!isTwice) return;
    this.#twice.set(path, readFirst);
    if (layer === 'user' || layer === 'workspace') this.leftOut.push({ layer, path, reason: bothThere(name) });
  }
}

function bothThere(name: string): string {
  return `there is both a file and a folder named ${name}; remove one of them`;
}

function byPlace(one: Role, other: Role): number {
  return one.order - other.order;
}

/** Undefined for what nobody takes for a role. */
function whyNoRole(file: string, kind: FolderEntry['kind']): string | undefined {
  if (kind === 'link') return 'it is a link, and links that came with a project are not followed';
  return /\.(?:md|markdown|mdown|txt)$/i.test(file) ? 'a role is a file that ends in .md' : undefined;
}

let shipped: RoleCatalogue | undefined;

/** Only the program's own roles; read once. */
export function builtInRoles(): RoleCatalogue {
  return (shipped ??= new RoleCatalogue());
}

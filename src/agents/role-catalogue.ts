import { join } from 'node:path';
import type { RoleDeclaration } from '../config/role-settings.ts';
import { snakeCase } from '../config/role-settings.ts';
import { definitionFolders, type FolderEntry, type LeftOutFile, namesIn } from '../utils/definition-folder.ts';
import { type CatalogueEntry, type CatalogueLayer, LayeredCatalogue } from '../utils/layered-catalogue.ts';
import type { InstructionText } from './instruction-text.ts';
import { readRole } from './read-role.ts';
import { invalidRole } from './read-markdown.ts';
import type { Role } from './role.ts';

export interface RoleCatalogueOptions {
  /** Absolute: the person's folder for all projects; its roles are in `agents`. Default: none. */
  ownFolder?: string | undefined;
  /** Absolute: the project's folder; its roles are in `.multiagent/agents`. Default: none. */
  workspace?: string | undefined;
}

const builtInFolder = join(import.meta.dirname, 'roles');

/** All roles: those of the program, of the person, of the workspace. A later one replaces an earlier one of the same name. */
export class RoleCatalogue {
  readonly #catalogue = new LayeredCatalogue<Role>();
  /** Files in the folders for roles that look like roles and are none, because of what they are called or are. */
  readonly leftOut: LeftOutFile[] = [];

  constructor(options: RoleCatalogueOptions = {}) {
    this.#addFolder('built_in', builtInFolder, undefined);
    for (const { layer, folder } of definitionFolders('agents', options)) this.#addFolder(layer, folder.path, folder.within);
  }

  /** The roles in effect, in the order of the team. @throws MultiagentError `role.invalid`. */
  get roles(): Role[] {
    return this.list().map(({ role }) => role);
  }

  /** The same with the origin of each. @throws MultiagentError `role.invalid`. */
  list(): { role: Role; layer: CatalogueLayer; path?: string | undefined }[] {
    return this.#catalogue
      .list()
      .map(({ read, layer, path }) => ({ role: read(), layer, path }))
      .toSorted((a, b) => a.role.order - b.role.order);
  }

  find(name: string): Role | undefined {
    return this.#catalogue.find(name)?.read();
  }

  /** The role for a type of task: the first on the team with instructions for it, from any layer. */
  whoDoes(taskType: string): Role | undefined {
    const names = new Set(this.#catalogue.all().flatMap(({ name, read }) => (read().tasks.has(taskType) ? [name] : [])));
    return this.roles.find(({ id }) => names.has(id));
  }

  /** What the settings need to know about the roles. @throws MultiagentError `role.invalid`. */
  get declarations(): RoleDeclaration[] {
    return this.list().map(({ role: { id, title, settings, model, sampling } }) => {
      const isBuiltIn = this.#catalogue.all().some(({ name, layer }) => name === id && layer === 'built_in');
      return { name: id, title, settings, model, sampling, isBuiltIn };
    });
  }

  /** The instructions for a type of task: those of the role that does it, else those of any role that has some, the person's and the workspace's first. */
  instructionsFor(taskType: string, role: string | undefined): InstructionText | undefined {
    const entries = this.#catalogue.all();
    const own = entries.filter(({ name }) => name === role);
    for (const { read } of [...own, ...entries]) {
      const found = read().tasks.get(taskType);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #addFolder(layer: CatalogueEntry<Role>['layer'], folder: string, within: string | undefined): void {
    for (const { name: file, kind } of namesIn({ path: folder, within })) {
      if (file.startsWith('.') || file === 'README.md') continue;
      if (kind === 'link' || (kind === 'file' && !file.endsWith('.md'))) {
        const reason = whyNoRole(file, kind);
        if (reason !== undefined && (layer === 'user' || layer === 'workspace'))
          this.leftOut.push({ layer, path: join(folder, file), reason });
        continue;
      }
      const name = kind === 'file' ? file.slice(0, -'.md'.length) : file;
      const path = join(folder, file);
      const below = this.#catalogue.find(name);
      const read = () => {
        if (!snakeCase.test(name)) throw invalidRole(path, ['a role is named in snake_case, such as code_reviewer']);
        const tasks = layer === 'built_in' ? 'when asked for' : 'now';
        return readRole({ name, path, kind, within, below: below?.read(), tasks });
      };
      if (this.#catalogue.add({ name, layer, path, read })) continue;
      throw invalidRole(path, [`there is both a file and a folder named ${name}; remove one of them`]);
    }
  }
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

import { join } from 'node:path';
import type { RoleDeclaration } from '../config/role-settings.ts';
import { snakeCase } from '../config/role-settings.ts';
import { definitionFolders, namesIn } from '../utils/definition-folder.ts';
import { type CatalogueEntry, type CatalogueLayer, LayeredCatalogue } from '../utils/layered-catalogue.ts';
import type { InstructionText } from './instruction-text.ts';
import { readRole } from './read-role.ts';
import { invalidRole } from './read-markdown.ts';
import type { Role } from './role.ts';

export interface RoleCatalogueOptions {
  /** Absolute: where the person keeps what counts in all projects; roles lie in `agents` in it. Default: nowhere. */
  ownFolder?: string | undefined;
  /** Absolute: the project's folder; roles lie in `.multiagent/agents` in it. Default: nowhere. */
  workspace?: string | undefined;
}

const builtInFolder = join(import.meta.dirname, 'roles');

/** The roles there are: those of the program, of the person, of the workspace; a later one stands in the place of an earlier one of the same name. */
export class RoleCatalogue {
  readonly #catalogue = new LayeredCatalogue<Role>();

  constructor(options: RoleCatalogueOptions = {}) {
    this.#addFolder('built_in', builtInFolder, undefined);
    for (const { layer, folder } of definitionFolders('agents', options)) this.#addFolder(layer, folder.path, folder.within);
  }

  /** Those that count, in the order in which the team stands. @throws MultiagentError `role.invalid`. */
  get roles(): Role[] {
    return this.list().map(({ role }) => role);
  }

  /** The same, with where each comes from. @throws MultiagentError `role.invalid`. */
  list(): { role: Role; layer: CatalogueLayer; path?: string | undefined }[] {
    return this.#catalogue
      .list()
      .map(({ read, layer, path }) => ({ role: read(), layer, path }))
      .toSorted((a, b) => a.role.order - b.role.order);
  }

  find(name: string): Role | undefined {
    return this.#catalogue.find(name)?.read();
  }

  /** Who does a type of task: the first on the team that has instructions for it, in whichever layer. */
  whoDoes(taskType: string): Role | undefined {
    const names = new Set(this.#catalogue.all().flatMap(({ name, read }) => (read().tasks.has(taskType) ? [name] : [])));
    return this.roles.find(({ id }) => names.has(id));
  }

  /** What the settings need to know of them. @throws MultiagentError `role.invalid`. */
  get declarations(): RoleDeclaration[] {
    return this.list().map(({ role: { id, title, settings, model, sampling } }) => {
      const isBuiltIn = this.#catalogue.all().some(({ name, layer }) => name === id && layer === 'built_in');
      return { name: id, title, settings, model, sampling, isBuiltIn };
    });
  }

  /** What is said of a type of task: by the role that does it, else by whichever role knows it, those of the person and the workspace first. */
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
      if (file.startsWith('.') || file === 'README.md' || (kind === 'file' && !file.endsWith('.md'))) continue;
      const name = kind === 'file' ? file.slice(0, -'.md'.length) : file;
      const path = join(folder, file);
      const below = this.#catalogue.find(name);
      const read = () => {
        if (!snakeCase.test(name)) throw invalidRole(path, ['a role is named in snake_case, such as code_reviewer']);
        return readRole({ name, path, kind, within, below: below?.read() });
      };
      if (this.#catalogue.add({ name, layer, path, read })) continue;
      throw invalidRole(path, [`there is a file and a folder of the name ${name}; one of them has to go`]);
    }
  }
}

let shipped: RoleCatalogue | undefined;

/** The roles of the program alone; read once. */
export function builtInRoles(): RoleCatalogue {
  return (shipped ??= new RoleCatalogue());
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import type { CatalogueLayer } from '../../utils/layered-catalogue.ts';
import { usageError } from '../usage-error.ts';
import type { DefinitionsHere } from './workflows-here.ts';
import type { WorkflowDefinition } from '../../workflows/workflow-schema.ts';

/** A workflow that a person has named, by its name or by its file. */
export interface FoundDefinition {
  name: string;
  /** Absolute; absent for one that a program registered. */
  path?: string | undefined;
  /** Absent for a file that is in no folder for workflows. */
  layer?: CatalogueLayer | undefined;
  /** Reads and checks it. @throws MultiagentError `workflow.invalid`, `workflow.unreadable`. */
  read: () => WorkflowDefinition;
}

/** @throws MultiagentError if there is neither such a workflow nor such a file. */
export function findDefinition(given: string, { catalogue }: DefinitionsHere): FoundDefinition {
  const path = resolve(process.cwd(), given);
  const entries = catalogue.entries();
  const known = entries.find((entry) => entry.path === path);
  if (known === undefined && looksLikeFile(given)) {
    if (!existsSync(path)) throw usageError(`There is no file ${given}.`, 'Give the path of a workflow file, or the name of a workflow.');
    return { name: given, path, read: () => catalogue.load(path) };
  }
  const name = known?.name ?? given.trim().toLowerCase().replaceAll('-', '_');
  const { layer, path: file } = known ?? entries.find((entry) => entry.name === name) ?? {};
  return { name, layer, path: file, read: () => catalogue.get(name) };
}

/** A name of a workflow has neither an ending nor folders. */
function looksLikeFile(given: string): boolean {
  return /[/\\]|\.(ya?ml|json)$/i.test(given);
}

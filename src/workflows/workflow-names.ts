import { definitionFolders, namesIn } from '../utils/definition-folder.ts';
import { shippedNames } from './shipped-workflows.ts';
import { workflowNameOf } from './workflow-file-name.ts';

/** The names of the workflows that could be run, as people type them, in kebab-case. None of them is read, so that some of them may be wrong. */
export function workflowNames(folders: Parameters<typeof definitionFolders>[1]): string[] {
  const own = definitionFolders('workflows', folders).flatMap(({ folder }) =>
    (namesIn(folder) ?? []).flatMap(({ name, kind }) => (kind === 'file' ? (workflowNameOf(name) ?? []) : [])),
  );
  return [...new Set([...shippedNames, ...own])].map((name) => name.replaceAll('_', '-'));
}

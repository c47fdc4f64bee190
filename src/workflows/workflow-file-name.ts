import type { FolderEntry } from '../utils/definition-folder.ts';

/** Each workflow is a file of its name. */
const fileName = /^([a-z][a-z0-9_-]*)\.ya?ml$/;

/** The workflow, in snake_case, that a file of this name holds; undefined where it holds none. */
export function workflowNameOf(file: string): string | undefined {
  return fileName.exec(file)?.[1]?.replaceAll('-', '_');
}

/** Why what stands in a folder for workflows is none, where a person may take it for one. Notes, folders, schemas and what is hidden are nobody's workflow. */
export function whyLeftOut({ name, kind }: FolderEntry): string | undefined {
  if (kind === 'folder' || name.startsWith('.') || name.toLowerCase().endsWith('.schema.json')) return undefined;
  if (kind === 'link') return 'it is a link, and links that came with a project are not followed';
  if (/\.ya?ml$/.test(name)) return `a workflow is a file of its name, in lower case without spaces, such as ${fittingName(name)}`;
  return /\.(?:ya?ml|json)$/i.test(name) ? `a workflow is a file that ends in .yaml, such as ${fittingName(name)}` : undefined;
}

function fittingName(name: string): string {
  const stem = name
    .slice(0, name.lastIndexOf('.'))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .replace(/_$/, '');
  return `${stem === '' ? 'my_workflow' : stem}.yaml`;
}

import type { Demands } from '../demands/read-demands.ts';
import { filePurpose } from './file-purpose.ts';
import { knownFiles, type RunMaterial } from './run-material.ts';

/**
 * A design that follows from the requirement alone: the files and names in it, for people to read. Undefined if the step asks for something else, or if nothing
 * is decided.
 */
export function describeDecisions(taskType: string, demands: Demands, material: RunMaterial): string | undefined {
  if (taskType !== 'architecture_design') return undefined;
  const due = [...demands.files, ...demands.named];
  if (due.length === 0) return undefined;
  const given = new Set(knownFiles(material).map(({ path }) => path));
  const rows = due.map(
    (path) => `- \`${path}\`: ${given.has(path) ? 'stands in the project and may be changed' : `to be written (${filePurpose(path)})`}`,
  );
  const names = demands.names.length === 0 ? [] : ['', '## Interfaces', '', ...demands.names.map((name) => `- \`${name}\``)];
  return [
    '# Architecture',
    '',
    'Taken from the requirement, which names what is to be delivered.',
    '',
    '## Files',
    '',
    ...rows,
    ...names,
    '',
  ].join('\n');
}

import type { FileVersion } from '../../orchestrator/file-versions.ts';
import type { RefusalRecord } from '../../state/run-state.ts';
import { printableLine } from '../../utils/printable.ts';
import { findingLines } from '../views/finding-lines.ts';
import { align } from './align.ts';

/** The manifest of a run for a person: every version of every file, what the syntax check found, and what was not written. @param folder Absolute. */
export function fileLines(versions: FileVersion[], refusals: readonly RefusalRecord[], folder: string): string[] {
  const head = ['path', 'bytes', 'sha256', 'task', 'role', 'format', 'what happened'];
  const rows = versions.map(({ artifact, role, place }) => {
    const { path, bytes, sha256, task, format, outcome } = artifact;
    const happened = { stands: outcome, replaced: `${outcome}, replaced later`, undone: `${outcome}, undone` }[place];
    return [path, String(bytes), sha256.slice(0, 12), task, role, format, happened];
  });
  const findings = versions
    .filter(({ place }) => place === 'stands')
    .flatMap(({ artifact: { check, ...file } }) => (check === undefined ? [] : findingLines({ ...file, ...check })));
  const notWritten = refusals.map(({ task, name, reason }) => `${task}: not written${name === '' ? '' : `, ${name}`}: ${reason}`);
  return [
    ...(rows.length === 0 ? ['The run has written no files.'] : align([head, ...rows])),
    ...section([...findings, ...notWritten]),
    ...(rows.length === 0 ? [] : section([`Folder: ${folder}`])),
  ];
}

function section(lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines.map(printableLine)];
}

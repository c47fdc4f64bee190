import type { EventData } from '../../events/run-stream-events.ts';

const most = 3;

/** What the syntax check found in a file, a line each; of many the first few. Not made safe to show. */
export function findingLines({ path, language, findings, found }: EventData<'artifact.checked'>): string[] {
  const shown = findings.slice(0, most);
  const lines = shown.map(({ line, column, message }) => `${path}:${line}:${column} does not parse as ${language}: ${message}`);
  return found > shown.length ? [...lines, `${path}: ${found - shown.length} more like this`] : lines;
}

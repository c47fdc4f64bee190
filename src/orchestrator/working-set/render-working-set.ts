import { renderStanding } from '../../agents/plans/render-material.ts';
import { renderFiles } from '../../llm/transcript.ts';
import { shownName } from '../../utils/printable.ts';

/** A file of the run, as it stands. */
export interface StandingText {
  path: string;
  content: string;
}

/** What a file defines, as prompts show it. */
export function renderOutline({ path, signatures }: { path: string; signatures: readonly string[] }): string {
  return renderFiles([{ path: `${path} (what it defines, without bodies)`, content: signatures.join('\n') }]);
}

export function renderName({ path }: { path: string }): string {
  return `- \`${shownName(path)}\`\n`;
}

export interface RenderWorkingSetOptions {
  /** Each as `renderOutline` and `renderName` give it. */
  outlines: readonly string[];
  names: readonly string[];
  unnamed: number;
  whole: readonly StandingText[];
  /** How the rest can be seen; empty where it cannot. */
  asking: string;
}

/** What stands before the bodies, also where nothing is to be listed. */
const heading = '# What the files written so far define\n\nWithout bodies, as they stand now.';
const namesHeading = 'These are there, too:\n\n';

/** The heading and the words around the lists, for who counts what they take. */
export function wordsAround(asking: string): string {
  return `${heading}\n\n${namesHeading}${more(1_000_000)}\n${asking}\n\n${renderStanding([{ path: '', content: '' }])}`;
}

/** First what changes least from step to step, so that messages begin with the same bytes: what all files define. Last the files that stand whole. */
export function renderWorkingSet({ outlines, names, unnamed, whole, asking }: RenderWorkingSetOptions): string {
  const listed = [...names, ...(unnamed > 0 ? [more(unnamed)] : [])];
  const parts = [
    ...(outlines.length === 0 ? [] : [`${heading}\n\n${outlines.join('')}`]),
    ...(listed.length === 0
      ? []
      : [
          `${outlines.length === 0 ? '# Files written so far\n\nOf these only the names fit here:\n\n' : namesHeading}${listed.join('')}\n`,
        ]),
    ...(asking === '' ? [] : [`${asking}\n\n`]),
    renderStanding(whole),
  ];
  return parts.join('');
}

function more(count: number): string {
  return `- and ${count} more\n`;
}

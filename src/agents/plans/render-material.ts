import { showsTurns, type PromptLayout } from '../../llm/profile/prompt-layout.ts';
import { renderFiles } from '../../llm/transcript.ts';
import type { Shown } from './assignment.ts';
import { filePurpose } from './file-purpose.ts';
import type { RunMaterial } from './run-material.ts';

export interface RenderMaterialOptions {
  material: RunMaterial;
  /** `material`: also what colleagues wrote. Where earlier turns show all of it, nothing is added here. */
  layout: PromptLayout;
}

/**
 * The part of a message between the run's files and the task's own words: in the layout `material` colleagues' documents, then what people have decided, last what a
 * check found wrong, which the task is to mend. Empty if there is nothing.
 */
export function renderMaterial({ material, layout }: RenderMaterialOptions): string {
  if (showsTurns(layout)) return '';
  const documents =
    layout === 'material' ? material.documents.map(({ taskType, text }) => `# Notes: ${taskType}\n\n${text.trim()}\n\n`) : [];
  const { findings = [] } = material;
  const wrong = findings.length === 0 ? '' : `# What was found wrong\n\n${findings.map((line) => `- ${line}`).join('\n')}\n\n`;
  const decisions = (material.decisions ?? []).map((text) => `# A decision\n\n${text.trim()}\n\n`);
  return [...documents, ...decisions, wrong].join('');
}

/** The run's files, whole, in the order in which they were first written, so that messages of later steps begin with the same bytes. Empty for none. */
export function renderStanding(files: readonly { path: string; content: string }[]): string {
  return files.length === 0 ? '' : `# Files written so far\n\n${renderFiles([...files])}`;
}

/** Those of the run's files that a message shows. */
export function shownFiles({ files }: Pick<RunMaterial, 'files'>, shows: Shown): RunMaterial['files'] {
  switch (shows) {
    case 'nothing':
      return [];
    case 'code':
      return files.filter(({ path }) => filePurpose(path) === 'code');
    case 'files':
    default:
      return files;
  }
}

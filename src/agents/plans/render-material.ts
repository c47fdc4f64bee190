import { showsTurns, type PromptLayout } from '../../llm/profile/prompt-layout.ts';
import { renderFiles } from '../../llm/transcript.ts';
import type { Shown } from './assignment.ts';
import { filePurpose } from './file-purpose.ts';
import type { RunMaterial } from './run-material.ts';

export interface RenderMaterialOptions {
  material: RunMaterial;
  /** `contract`: the current files. `material`: also what colleagues wrote. In the others earlier turns show it, and nothing is added here. */
  layout: PromptLayout;
  shows: Shown;
}

/**
 * The part of a message before the task's own words. First the run's files in the order in which they were first written, so that messages of later steps begin
 * with the same bytes; then, in the layout `material`, colleagues' documents; then what people have decided; last what a check found wrong, which the task is to
 * mend. Empty if there is nothing.
 */
export function renderMaterial({ material, layout, shows }: RenderMaterialOptions): string {
  if (showsTurns(layout)) return '';
  const shown = shownFiles(material, shows);
  const files = shown.length > 0 ? `# Files written so far\n\n${renderFiles(shown)}` : '';
  const documents =
    layout === 'material' ? material.documents.map(({ taskType, text }) => `# Notes: ${taskType}\n\n${text.trim()}\n\n`) : [];
  const { findings = [] } = material;
  const wrong = findings.length === 0 ? '' : `# What was found wrong\n\n${findings.map((line) => `- ${line}`).join('\n')}\n\n`;
  const decisions = (material.decisions ?? []).map((text) => `# A decision\n\n${text.trim()}\n\n`);
  return [files, ...documents, ...decisions, wrong].join('');
}

function shownFiles({ files }: RunMaterial, shows: Shown): RunMaterial['files'][number][] {
  switch (shows) {
    case 'nothing':
      return [];
    case 'code':
      return files.filter(({ path }) => filePurpose(path) === 'code');
    case 'files':
    default:
      return [...files];
  }
}

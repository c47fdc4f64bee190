import { showsTurns, type PromptLayout } from '../../llm/profile/prompt-layout.ts';
import { renderFiles } from '../../llm/transcript.ts';
import type { Shown } from './assignment.ts';
import { filePurpose } from './file-purpose.ts';
import type { RunMaterial } from './run-material.ts';

export interface RenderMaterialOptions {
  material: RunMaterial;
  /** `contract`: what stands. `material`: also what colleagues wrote. In the others earlier turns show it, and nothing stands here. */
  layout: PromptLayout;
  shows: Shown;
}

/**
 * What stands before a task's own words in its message: first the files of the run, in the order of their first writing, so that messages of later steps
 * begin with the same bytes; then, in that layout, colleagues' documents. Empty where there is nothing.
 */
export function renderMaterial({ material, layout, shows }: RenderMaterialOptions): string {
  if (showsTurns(layout)) return '';
  const shown = shownFiles(material, shows);
  const files = shown.length > 0 ? `# Files written so far\n\n${renderFiles(shown)}` : '';
  const documents =
    layout === 'material' ? material.documents.map(({ taskType, text }) => `# Notes: ${taskType}\n\n${text.trim()}\n\n`) : [];
  return [files, ...documents].join('');
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

import { showsTurns, type PromptLayout } from '../../llm/profile/prompt-layout.ts';
import { renderFiles } from '../../llm/transcript.ts';
import type { Shown } from './assignment.ts';
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
  const files = shows === 'files' && material.files.length > 0 ? `# Files written so far\n\n${renderFiles([...material.files])}` : '';
  const documents =
    layout === 'material' ? material.documents.map(({ taskType, text }) => `# Notes: ${taskType}\n\n${text.trim()}\n\n`) : [];
  return [files, ...documents].join('');
}

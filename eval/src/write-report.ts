import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFigures, updateFigures } from './figures/figures-files.ts';
import { evalFolder, figuresFolder, repositoryFolder } from './folders.ts';
import { reportPage } from './report/report-page.ts';
import { allResults } from './results/results-folder.ts';
import type { Task } from './tasks/task.ts';

/** Brings the results, where there are any, into the figures, and writes the page from those. @returns the page's file. */
export function writeReport(results: string, tasks: readonly Task[]): string {
  if (existsSync(results)) {
    updateFigures(
      figuresFolder,
      allResults(results).map(({ result }) => result),
    );
  }
  const notes = readFileSync(join(evalFolder, 'notes.md'), 'utf8');
  const page = join(repositoryFolder, 'docs', 'evaluation.md');
  writeFileSync(page, reportPage({ figures: readFigures(figuresFolder), tasks, notes }));
  return page;
}

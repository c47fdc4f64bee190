import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileName } from '../results/results-folder.ts';
import type { Result } from '../results/result-schema.ts';
import { listFiles } from '../tasks/list-files.ts';
import { type Figure, figureOf, type Figures, figuresSchema } from './figure-schema.ts';

export function readFigures(folder: string): Figures[] {
  return listFiles(folder)
    .filter((path) => path.endsWith('.json'))
    .map((path) => figuresSchema.parse(JSON.parse(readFileSync(join(folder, path), 'utf8'))));
}

/** Brings results into the figures: an attempt takes the place of the one of the same name; those of broken checks are no figures. */
export function updateFigures(folder: string, results: readonly Result[]): void {
  const known = new Map(readFigures(folder).map(({ model, figures }) => [model, figures]));
  for (const [model, made] of Map.groupBy(results, (result) => result.model)) {
    const figures = new Map((known.get(model) ?? []).map((figure) => [keyOf(figure), figure]));
    for (const result of made) if (result.check.kind !== 'broken') figures.set(keyOf(result), figureOf(result));
    const sorted = [...figures.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, figure]) => figure);
    write(folder, { model, figures: sorted });
  }
}

function keyOf({ subject, task, repeat }: Pick<Figure, 'subject' | 'task' | 'repeat'>): string {
  return `${subject} ${task} ${String(repeat).padStart(4, '0')}`;
}

/** An attempt a line, so that a change of one is a change of one line. */
function write(folder: string, { model, figures }: Figures): void {
  mkdirSync(folder, { recursive: true });
  const lines = figures.map((figure) => `    ${JSON.stringify(figure)}`).join(',\n');
  writeFileSync(join(folder, `${fileName(model)}.json`), `{\n  "model": ${JSON.stringify(model)},\n  "figures": [\n${lines}\n  ]\n}\n`);
}

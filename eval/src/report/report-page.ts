import type { Figures } from '../figures/figure-schema.ts';
import type { Task } from '../tasks/task.ts';
import { table } from './markdown.ts';
import { modelSection } from './model-section.ts';

export interface ReportOptions {
  figures: readonly Figures[];
  tasks: readonly Task[];
  /** `eval/notes.md`: what people have tried. */
  notes: string;
}

/** `docs/evaluation.md`. */
export function reportPage({ figures, tasks, notes }: ReportOptions): string {
  const sections = figures.map(modelSection);
  return `${[
    '# Evaluation',
    'What models make of the tasks in `eval/`: with one plain prompt (`direct`), and with the team. The checks run what was written as a black box and know nothing of how it came about. Written by `npm run eval -- --report`; `eval/README.md` says how to measure a model of your own.',
    '## The tasks',
    taskTable(tasks),
    ...(sections.length === 0 ? ['Nothing has been measured yet.'] : sections),
    notes.trim(),
    limits,
  ].join('\n\n')}\n`;
}

function taskTable(tasks: readonly Task[]): string {
  const families = [...Map.groupBy(tasks, ({ family }) => family)];
  const count = (of: readonly Task[], fits: (task: Task) => boolean) => String(of.filter(fits).length);
  const row = (name: string, of: readonly Task[]) => [
    name,
    String(of.length),
    ...(['easy', 'medium', 'hard'] as const).map((level) => count(of, (task) => task.level === level)),
    count(of, ({ split }) => split === 'held-out'),
    [...new Set(of.map(({ language }) => language))].sort().join(', '),
  ];
  const rows = [...families.map(([name, of]) => row(name, of)), row('all', tasks)];
  return table(['family', 'tasks', 'easy', 'medium', 'hard', 'held-out', 'languages'], rows);
}

const limits = `## What this does not show

- The tasks are small: one function to six files, an hour's work at most. Nothing here says how a team does in a grown project.
- The tasks are our own. The held-out third is not looked at while the team is tuned, but the same people wrote it; a model that has seen these files would look better than it is.
- Checks count what they check. Whether code is pleasant to read, a design fits, or a document is well written, they do not see.
- A few repeats with a few seeds show the spread of a model's luck, not its distribution: differences within the brackets are none.
- \`direct\` is sampled as the model's card says and its replies are read generously. It is one honest baseline and not the best prompt that could be found.
- Tokens read depend on what the server still held: \`direct\` asks it to forget, the others find whatever the attempt before them has left. Seconds depend on the machine and on what else it did.
- \`aider\` rounds its token counts and tells nothing of the cache. It is used without a repository and without its own lint and test loop.
- Figures of several commits may stand side by side; a figure is replaced when its attempt is made again.`;

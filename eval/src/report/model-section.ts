import type { Figure, Figures } from '../figures/figure-schema.ts';
import { bars } from './bars.ts';
import { passedByTask, times, tokensByTask, tokensOf } from './compare.ts';
import { mean, percent, rounded, table } from './markdown.ts';
import { shareOf } from './share.ts';

/** What everybody is compared with. */
const baseline = 'direct';

/** So many times the tokens of one prompt are too many. */
const mostTimes = 4;

/** What one model's figures say, subject by subject. */
export function modelSection({ model, figures }: Figures): string {
  const subjects = [...Map.groupBy(figures, ({ subject }) => subject).entries()].sort(([one], [other]) =>
    order(one).localeCompare(order(other)),
  );
  const direct = figures.filter(({ subject }) => subject === baseline);
  const programs = [...new Set(figures.map(({ program }) => program))].sort().join(', ');
  return [
    `## ${model}`,
    `Commits of the program: ${programs}.`,
    '### Checks passed',
    'Mean over repeats, in brackets the least and the most of one repeat. `× direct` compares on the tasks that both have attempted.',
    totals(subjects, direct),
    chart(subjects),
    '### By family',
    families(subjects),
    '### What it costs',
    'Per attempt. `× direct` counts tokens read and written, over the tasks that both have attempted.',
    costs(subjects, direct),
    '### What must not happen',
    'Attempts in which it happened at least once.',
    violations(subjects, direct),
  ].join('\n\n');
}

type Subjects = readonly (readonly [name: string, figures: readonly Figure[]])[];

/** The baseline stands first. */
function order(subject: string): string {
  return subject === baseline ? '' : subject;
}

function totals(subjects: Subjects, direct: readonly Figure[]): string {
  const base = passedByTask(direct);
  const of = (figures: readonly Figure[], split: string) => shareText(figures.filter((figure) => figure.split === split));
  const rows = subjects.map(([name, figures]) => {
    const share = shareOf(figures);
    const size = share === undefined ? '' : `${share.tasks} × ${share.repeats}`;
    return [name, of(figures, 'tune'), of(figures, 'held-out'), shareText(figures), factor(times(passedByTask(figures), base)), size];
  });
  return table(['subject', 'tune', 'held-out', 'all', '× direct', 'tasks × repeats'], rows);
}

function chart(subjects: Subjects): string {
  const rows = subjects.flatMap(([name, figures]) => {
    const share = shareOf(figures);
    return share === undefined ? [] : [{ name, value: share.mean, note: shareText(figures) }];
  });
  return bars(rows);
}

function families(subjects: Subjects): string {
  const names = [...new Set(subjects.flatMap(([, figures]) => figures.map(({ family }) => family)))].sort();
  const rows = names.map((name) => [name, ...subjects.map(([, figures]) => shareText(figures.filter(({ family }) => family === name)))]);
  return table(['family', ...subjects.map(([name]) => name)], rows);
}

function costs(subjects: Subjects, direct: readonly Figure[]): string {
  const base = tokensByTask(direct);
  const rows = subjects.map(([name, figures]) => {
    const average = (of: 'read' | 'cached' | 'written' | 'seconds') => rounded(mean(figures.map((figure) => figure[of])));
    const overIdeal = figures.map(({ read, ideal }) => (read === null || ideal === null || ideal === 0 ? null : read / ideal));
    const compared = factor(times(tokensByTask(figures), base));
    return [name, average('read'), average('cached'), average('written'), rounded(mean(overIdeal), 2), compared, average('seconds')];
  });
  return table(['subject', 'tokens read', 'cached', 'written', 'read ÷ ideal', '× direct', 'seconds'], rows);
}

const kinds = {
  'completed-but-missing': 'completed, files missing',
  'completed-but-empty': 'completed, files empty',
  'completed-but-broken': 'completed, files do not parse',
  'twice-too-long': 'a reply twice its planned length',
} as const;

function violations(subjects: Subjects, direct: readonly Figure[]): string {
  const base = tokensByTask(direct);
  const rows = subjects.map(([name, figures]) => {
    const compared = figures.filter((figure) => tokensOf(figure) !== null && base.has(figure.task));
    const costly = compared.filter((figure) => (tokensOf(figure) ?? 0) > mostTimes * (base.get(figure.task) ?? 0));
    const counted = Object.keys(kinds).map((kind) => String(figures.filter((figure) => figure.violations.includes(kind)).length));
    const late = figures.filter(({ status }) => status === 'out-of-time').length;
    return [name, ...counted, compared.length === 0 ? '?' : String(costly.length), String(late), String(figures.length)];
  });
  return table(['subject', ...Object.values(kinds), `more than ${mostTimes} × the tokens of direct`, 'out of time', 'attempts'], rows);
}

function shareText(figures: readonly Figure[]): string {
  const share = shareOf(figures);
  if (share === undefined) return '–';
  const { mean: average, least, most, repeats } = share;
  return repeats === 1 ? percent(average) : `${percent(average)} (${percent(least)}–${percent(most)})`;
}

function factor(value: number | undefined): string {
  return value === undefined ? '?' : `${rounded(value, 2)} ×`;
}

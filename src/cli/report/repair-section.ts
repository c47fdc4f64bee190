import type { RunReport } from '../../operations/report/report-of-run.ts';
import { html } from './html.ts';
import { type SectionOf, table } from './section.ts';
import { anchors, brief, marks } from './words.ts';

/** What was repaired after a check had failed, and what it changed. */
export const repairSection: SectionOf = (report, room) => {
  const repairs = room.first(
    report.steps.filter(({ kind }) => kind === 'repair'),
    200,
    'repairs',
  );
  const placeOf = anchors(report);
  const body = table({
    caption: 'Repairs, in their order',
    head: ['Repair', 'Of', 'What it was for', 'Files that it changed', 'Checks after it'],
    rows: repairs.map(({ task, parent, description, status }) => [
      html`<a href="#${placeOf.get(task)}">${brief(task, 80)}</a> ${marks[status] ?? ''} ${status}`,
      brief(parent ?? '', 80),
      brief(description, 300),
      changedBy(report, task).join(', ') || 'none',
      checksAfter(report, task).join('; ') || 'none',
    ]),
  });
  return { id: 'repairs', title: 'Repairs', body: repairs.length === 0 ? undefined : body, none: 'Nothing was repaired.' };
};

function changedBy({ files }: RunReport, repair: string): string[] {
  const changed = files.filter(({ versions }) => versions.some(({ task, outcome }) => task === repair && outcome !== 'unchanged'));
  return changed.slice(0, 20).map(({ path }) => brief(path, 120));
}

/** The checks of the step that is repaired, up to the next repair. */
function checksAfter({ result: { checks }, steps }: RunReport, repair: string): string[] {
  const own = steps.find(({ task }) => task === repair);
  const siblings = steps.filter(({ kind, parent }) => kind === 'repair' && parent === own?.parent);
  const round = siblings.findIndex(({ task }) => task === repair) + 1;
  return checks
    .filter(({ step, round: after }) => step === own?.parent && after === round)
    .slice(0, 10)
    .map(
      ({ command, outcome, passed, failed }) =>
        `${brief(command, 80)}: ${outcome.replaceAll('_', ' ')}${passed === null ? '' : ` (${passed} passed, ${failed ?? 0} failed)`}`,
    );
}

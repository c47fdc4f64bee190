import type { RunReport } from '../../operations/report/report-of-run.ts';
import { html } from './html.ts';
import type { SectionOf } from './section.ts';
import { brief } from './words.ts';

interface ShownError {
  where: string;
  message: string;
  hint: string | undefined;
}

/** What went wrong, with what to do about it: also what a later try has put right. */
export const errorSection: SectionOf = (report, room) => {
  const shown = room.first(errorsOf(report), 300, 'errors');
  const body = html`<ul>
    ${shown.map(({ where, message, hint }) => html`<li><strong>${brief(where, 120)}</strong>: ${brief(message, 1_000)}${hint === undefined ? '' : html`<br />${brief(hint, 1_000)}`}</li>`)}
  </ul>`;
  return { id: 'errors', title: 'Errors', body: shown.length === 0 ? undefined : body, none: 'Nothing went wrong.' };
};

function errorsOf({ result, steps }: RunReport): ShownError[] {
  return [
    ...(result.error === null ? [] : [{ where: 'The run', message: result.error, hint: undefined }]),
    ...steps.flatMap(({ task, error, replies }) => [
      ...(error === null ? [] : [{ where: task, message: error.message, hint: error.hint }]),
      ...replies.flatMap((reply, index) =>
        reply.error === null || reply.error.message === error?.message
          ? []
          : [{ where: `${task}, reply ${index + 1}`, message: reply.error.message, hint: reply.error.hint }],
      ),
    ]),
    ...Object.values(result.tasks).flatMap(({ task_id: task, result: own }) =>
      (own?.files_refused ?? []).map(({ name, reason, kept_as: kept }) => ({
        where: task,
        message: `${name === '' ? 'A block without a name' : name} was not written: ${reason}`,
        hint: kept === null ? undefined : `Its text is in rejected/${result.workflow_id}/${kept}.`,
      })),
    ),
  ];
}

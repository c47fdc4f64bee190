import type { EventData } from '../../events/run-stream-events.ts';

type FellBack = Pick<EventData<'model.fell_back'>, 'from' | 'to' | 'why' | 'at'>;

/** That a model stands in for another one, and why, as soon as it happens. Not yet safe to print. */
export function fallbackSentence({ from, to, why, at }: FellBack): string {
  if (at === 'connect') return `${ended(why)} ${to} stands in for ${from}.`;
  if (at === 'step') return `${from} does not answer yet: ${to} stands in for it.`;
  return `${to} stands in for ${from}, and goes on with what has arrived.`;
}

/** The same afterwards, for each task one after the other. */
export function fallbackReport(fellBack: FellBack & { task?: string | undefined }): string {
  const { from, to, why, task } = fellBack;
  return `${to} stood in for ${from}${task === undefined ? '' : ` in ${task}`}: ${ended(why)}`;
}

/** That a model is asked again. */
export function returnedSentence({ model }: Pick<EventData<'model.returned'>, 'model'>): string {
  return `${model} answers again, and is asked again.`;
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

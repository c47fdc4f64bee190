import type { JournalEvent } from '../../events/run-stream-events.ts';
import { printableLine } from '../../utils/printable.ts';
import { padText, textWidth } from './text-width.ts';
import type { PlainViewOptions } from './plain/plain-lines.ts';
import { plainView } from './plain/plain-view.ts';
import type { View } from './view.ts';

export interface SeveralViewOptions extends PlainViewOptions {
  /** What a person calls each run, by its id; it may be filled when the runs are known. */
  names: ReadonlyMap<string, string>;
}

/** Plain lines of several runs at once, each behind the name of its run. */
export function severalView({ names, write, ...options }: SeveralViewOptions): View {
  const views = new Map<string, View>();
  const width = () => Math.max(...Array.from(names.values(), textWidth));
  const viewOf = ({ correlation: run }: JournalEvent): View => {
    const known = views.get(run);
    if (known !== undefined) return known;
    const name = padText(printableLine(names.get(run) ?? run), width());
    const view = plainView({ ...options, write: (text) => write(text.replaceAll(/^(?=.)/gm, `${name}  `)) });
    views.set(run, view);
    return view;
  };
  return { event: (event) => viewOf(event).event(event) };
}

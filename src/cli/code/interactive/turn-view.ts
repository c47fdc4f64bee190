import type { JournalEvent } from '../../../events/run-stream-events.ts';
import { calledSentence, callText } from '../../../orchestrator/calling/called-sentence.ts';
import { printable, printableLine } from '../../../utils/printable.ts';
import type { Look } from '../../views/look.ts';
import { NewEvents } from '../new-events.ts';
import { MarkdownLines } from './markdown-lines.ts';
import type { View } from '../../views/view.ts';

/** Where a turn is shown. */
export interface TurnScreen {
  /** Shows whole lines, which stay. */
  above: (text: string) => void;
  /** Shows what is going on, instead of what was shown before. */
  state: (text: string) => void;
  now: () => number;
}

/** More often nobody can read it. */
const stateMilliseconds = 120;

/** Shows a turn while it is taken: the reply line by line as it arrives, what is called and checked, which files are written, and in one line what is going on. */
export function turnView({ above, state, now }: TurnScreen, look: Look): View {
  const events = new NewEvents();
  let open = '';
  const markdown = new MarkdownLines(look);
  let replies = 0;
  let told = 0;
  const tell = (text: string, when: 'always' | 'now and then' = 'always') => {
    if (when === 'now and then' && now() - told < stateMilliseconds) return;
    told = now();
    state(text);
  };
  const line = (text: string) => {
    for (const shown of markdown.take(printable(text))) above(shown);
  };
  const flush = () => {
    if (open !== '') line(open);
    open = '';
    for (const shown of markdown.end()) above(shown);
  };
  const event = (next: JournalEvent): void => {
    if (!events.isNew(next)) return;
    switch (next.type) {
      case 'run.started':
        replies = 0;
        return;
      case 'task.started':
        tell('thinking');
        return;
      case 'activity.started': {
        const { data } = next;
        if (data.kind === 'reply') {
          replies += 1;
          if (replies > 1) above(look.paint('faint', `=== ITERATION ${replies} ===`));
          tell('thinking');
        } else if (data.kind === 'tool') tell(`calling ${printableLine(callText(data))}`);
        else if (data.kind === 'command') tell(`running ${printableLine(data.command)}`);
        return;
      }
      case 'prompt.progress': {
        const { processed, total } = next.data;
        if (total > 0) tell(`reading, ${Math.min(100, Math.floor((processed / total) * 100))} % of ${total} tokens`, 'now and then');
        return;
      }
      case 'reply.delta': {
        const { text = '', tokens, milliseconds } = next.data;
        const lines = `${open}${text}`.split('\n');
        open = lines.pop() ?? '';
        for (const whole of lines) line(whole);
        const speed = milliseconds > 0 ? `, ${((tokens / milliseconds) * 1000).toFixed(1)} tokens/s` : '';
        tell(`writing, ${tokens} tokens${speed}`, 'now and then');
        return;
      }
      case 'activity.completed': {
        const { data } = next;
        if (data.kind === 'reply') flush();
        if (data.kind === 'tool') {
          const [style, mark] = data.failed ? (['warning', look.marks.failed] as const) : (['active', look.marks.done] as const);
          above(look.paint(style, `${mark} ${printableLine(calledSentence(data))}`));
        }
        if (data.kind === 'command') {
          const passed = data.outcome === 'passed';
          above(look.paint(passed ? 'good' : 'bad', `${passed ? look.marks.done : look.marks.failed} ${printableLine(data.command)}`));
        }
        return;
      }
      case 'activity.failed':
        flush();
        return;
      case 'artifact.written':
        if (next.data.outcome === 'unchanged') return;
        above(look.paint('good', `${look.marks.done} ${next.data.outcome} ${printableLine(next.data.path)}`));
        return;
      case 'artifact.removed':
        above(look.paint('warning', `${look.marks.done} removed ${printableLine(next.data.path)}`));
        return;
      case 'artifact.refused':
        above(look.paint('warning', printableLine(`not written, ${next.data.name}: ${next.data.reason}`)));
        return;
      default:
    }
  };
  return { event, say: (text) => above(printable(text).trimEnd()), waitFor: (text) => tell(printableLine(text.trim())) };
}

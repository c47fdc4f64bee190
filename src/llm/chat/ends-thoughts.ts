import { bareChannels, thinkingMarks } from '../dialects/thinking-marks.ts';

export interface EndsThoughtsOptions {
  /** All text before it. */
  before: string;
  /** The mark as it is written there. */
  closing: string;
  /** What has arrived after it. */
  after: string;
}

/**
 * Whether a mark ends thoughts that nothing in the reply has begun. In a file, in inline code, in quotes and after its own opening mark it is a word that the
 * reply is about.
 */
export function endsThoughts({ before, closing, after }: EndsThoughtsOptions): boolean {
  const mark = closing.toLowerCase();
  if (mark === bareChannels.closing) return true;
  const opened = thinkingMarks.some(({ opening, closings }) => closings.includes(mark) && before.toLowerCase().includes(opening));
  if (opened || /^["'`“”‘’»]/.test(after)) return false;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (/["'`“‘«]$/.test(line) || line.split('`').length % 2 === 0) return false;
  return !isInFence(before);
}

function isInFence(text: string): boolean {
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const [indented = '', fence = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === '') continue;
    const rest = line.slice(indented.length);
    if (open === undefined) open = fence;
    else if (fence.startsWith(open) && rest.trim() === '') open = undefined;
  }
  return open !== undefined;
}

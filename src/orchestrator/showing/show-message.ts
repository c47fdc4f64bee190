import { shownName } from '../../utils/printable.ts';
import { fileFormat } from '../judging/reply/reply-to-check.ts';
import type { ReadResult } from './show-files.ts';

/** What the model is told with the files that it has asked for. */
export function answerMessage({ text }: ReadResult): string {
  return `# What you asked for\n\n${text}Go on with your step now.`;
}

/** What the model is told after it has written files without having seen what stands in them. @param whose Who has them: the project, or this run. */
export function unseenMessage({ files, text }: ReadResult, paths: readonly string[], whose: 'project' | 'run'): string {
  const names = paths.map((path) => `\`${shownName(path)}\``).join(', ');
  const one = paths.length === 1;
  const isWhole = files.every(({ shown }) => shown === 'whole');
  const again = isWhole
    ? `Give ${one ? 'it' : 'each of them'} again, ${fileFormat}, with your change and with all that is to stay.`
    : 'Give those that stand here whole again, with your change and with all that is to stay. Leave the others as they are, and put what is new into files of its own.';
  return [
    '# What stands there already',
    `${names} ${one ? 'is a file' : 'are files'} ${whose === 'project' ? 'of the project' : 'that earlier steps have written'}, and you had not been shown ${whose === 'project' ? '' : 'all of '}${one ? 'it' : 'them'}. What you gave for ${one ? 'it' : 'them'} was not taken over; the other files of your reply were. This stands there:`,
    `${text}${again}`,
  ].join('\n\n');
}

import { isOfNewerProgram, type UnknownEvent } from '../../events/unknown-event.ts';

/** What stands for an event that this program does not know. */
export function unknownEventSentence({ data: { type }, version }: Pick<UnknownEvent, 'data' | 'version'>): string {
  const whose = isOfNewerProgram(type) ? 'a newer multiagent' : 'another program';
  return `(an event of ${whose}, "${type}" in version ${version})`;
}

import type { CallResult, NativeCall } from '../../events/native-call.ts';
import type { GivenArguments } from '../arguments/given-arguments.ts';
import type { CallInText } from './read-calls.ts';

/** A native call as it is asked for. */
export interface AskedNatively {
  /** Its result names it. */
  id: CallResult['id'];
  name: string;
  given: Extract<GivenArguments, { kind: 'json' }>;
}

/** What a reply calls, in either way. */
export interface CallsOfReply {
  /** In the order of the reply: all in one way. */
  calls: readonly (CallInText | AskedNatively)[];
  /** How many more there are than a reply may have. They are not in `text` either, so that whoever answers the calls has to say so. */
  more: number;
  /** The reply without the lines of calls. */
  text: string;
}

export function isNative(call: CallInText | AskedNatively): call is AskedNatively {
  return 'id' in call;
}

export function askedNatively({ id, name, arguments: text }: NativeCall): AskedNatively {
  return { id, name, given: { kind: 'json', text } };
}

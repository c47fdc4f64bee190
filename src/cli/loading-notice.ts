import { withoutCredentials } from '../llm/server/require-local-address.ts';
import { printableLine } from '../utils/printable.ts';

const between = 10_000;

/** For `onLoading`: says at once that a server is loading, then every ten seconds for how long. Servers do not report their progress. */
export function loadingNotice(say: (sentence: string) => void): (address: string, waitedMilliseconds: number) => void {
  let next = 0;
  return (address, waited) => {
    if (waited < next) return;
    next = waited + between;
    const where = `The model server at ${withoutCredentials(address)}`;
    const sentence =
      waited < between
        ? `${where} is loading its model. Waiting for it.`
        : `${where} is still loading, after ${Math.round(waited / 1000)} s.`;
    say(printableLine(sentence));
  };
}

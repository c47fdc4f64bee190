import { hashContent } from '../../utils/hash-content.ts';
import { toBytes } from '../../files/disk/file-content.ts';

/** llama-server and others take 32 bits. */
const seeds = 2 ** 31;

/** The seed of an exchange: the given one counted on, else one that follows from its name, so that it is known and each exchange has another. */
export function seedFor({
  run,
  activity,
  given,
  attempt,
}: {
  run: string;
  activity: string;
  given?: number | undefined;
  attempt: number;
}): number {
  if (given !== undefined) return (given + attempt - 1) % seeds;
  return Number.parseInt(hashContent(toBytes(`${run} ${activity}`)).slice(0, 8), 16) % seeds;
}

import type { ChosenModel } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { isUnavailable } from '../../llm/fallback/is-unavailable.ts';
import { withSpares } from '../../llm/fallback/with-spares.ts';
import { requireConnectionHere, requirePlaceHere } from './private-connection.ts';
import { ModelError } from '../../llm/model-error.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';

export interface ConnectWithSparesOptions {
  place: string;
  connect: () => Promise<ModelConnection>;
  /** What stands in, in order. */
  spares: readonly ChosenModel[];
  open: (place: string, names: readonly string[]) => Promise<ModelConnection>;
}

export type ConnectedOrSpare = { connection: ModelConnection; chosen?: undefined } | { connection: ModelConnection; chosen: ChosenModel; why: string };

/**
 * Connects to a place, or to the first spare that can be reached.
 * @returns `chosen`: the spare; absent: the place itself was reached. @throws the error of the place, with those of the spares.
 */
export async function connectWithSpares({
  place,
  connect,
  spares,
  open,
}: ConnectWithSparesOptions): Promise<ConnectedOrSpare> {
  try {
    return { connection: await connect() };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    const failed: { name: string; why: string }[] = [];
    for (const chosen of spares.filter((spare) => spare.place !== place)) {
      try {
        const connection = await open(chosen.place, chosen.model === undefined ? [] : [chosen.model]);
        return { connection, chosen, why: error.message };
      } catch (other) {
        // Whatever is wrong with it, the next one may do.
        if (!(other instanceof ModelError)) throw other;
        failed.push({ name: chosen.name, why: other.message });
      }
    }
    throw withSpares(error, failed);
  }
}

/**
 * The same for a place that is asked something private: what stands in is on this machine. All who ask for the place are given it.
 * @throws ModelError `private.refused` where only models elsewhere could have stood in.
 */
export async function connectHere(settings: Settings, { open, ...way }: ConnectWithSparesOptions): Promise<ConnectedOrSpare> {
  let isElsewhere = false;
  const openHere: typeof open = async (place, names) => {
    try {
      await requirePlaceHere(`What asks the model ${way.place}`, settings, place);
      const connection = await open(place, names);
      await requireConnectionHere(`What asks the model ${way.place}`, connection);
      return connection;
    } catch (error) {
      isElsewhere ||= error instanceof ModelError && error.code === 'private.refused';
      throw error;
    }
  };
  try {
    return await connectWithSpares({ ...way, open: openHere });
  } catch (error) {
    if (!isElsewhere || !(error instanceof ModelError)) throw error;
    throw new ModelError({ kind: 'refused', code: 'private.refused', message: error.message, hint: error.hint, cause: error });
  }
}

import type { PriceFigure } from './price-figure.ts';

/** A model that a run may ask: one that a server or a provider offers which the person has set up. */
export interface ModelCandidate {
  /** For people: as the settings call it, else as its server does. */
  name: string;
  /** Whose server it has, as in the settings. */
  place: string;
  /** Its name on the server. */
  model: string;
  /** `here`: on this machine, so that asking it costs nothing and nothing leaves. */
  where: 'here' | 'elsewhere';
  /** What its tokens cost; undefined: nobody knows. */
  price: PriceFigure | undefined;
  /** Of its server, without credentials. */
  address: string;
  /** Billions of parameters, if its server or its name tells. */
  size: number | undefined;
}

/** Equal for the same model at the same place. */
export function candidateKey({ place, model }: Pick<ModelCandidate, 'place' | 'model'>): string {
  return JSON.stringify([place, model]);
}

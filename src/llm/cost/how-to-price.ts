/** What to type so that a model has a price. */
export const howToPrice =
  'Say it in its entry of providers in your own settings, in US dollars per million tokens: prices: { input: …, output: … }.';

import { stringify } from 'yaml';
import { z } from 'zod';

const givenSchema = z.looseObject({ model_profiles: z.array(z.looseObject({})).default([]) });

/** The settings of a run: those that are tried, with the seed in every profile, because only the first that fits a model counts. */
export function teamSettings(given: unknown, seed: number): string {
  const { model_profiles: profiles, ...others } = givenSchema.parse(given ?? {});
  const seeded = [...profiles, { match: '.' }].map((profile) => ({ ...profile, seed }));
  return stringify({ ...others, model_profiles: seeded });
}

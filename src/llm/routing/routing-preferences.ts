import type { RoutingPreferences } from './rate-model.ts';

/** What the setting `routing` can weigh. */
export const routingGoals = ['balance', 'quality', 'speed', 'price'] as const;

export type RoutingGoal = (typeof routingGoals)[number];

/** One more check of a hundred is worth so many seconds, and so many US dollars. */
export const preferencesOf: Readonly<Record<RoutingGoal, RoutingPreferences>> = {
  balance: { seconds: 10, price: 0.01 },
  quality: { seconds: 60, price: 0.1 },
  speed: { seconds: 2, price: 0.01 },
  price: { seconds: 10, price: 0.0001 },
};

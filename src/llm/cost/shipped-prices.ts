import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type GivenPrices, wholePrices } from './given-prices.ts';
import type { ModelPrices } from '../../events/model-prices.ts';

interface PriceTable {
  /** The day on which it was written: `2026-11-27`. */
  written: string;
  services: readonly { host: string; models: readonly (GivenPrices & { names: readonly string[] })[] }[];
}

let table: PriceTable | undefined;

/** The program's own table of prices. */
export function shippedPrices(): PriceTable {
  table ??= parse(readFileSync(join(import.meta.dirname, 'model-prices.yaml'), 'utf8')) as PriceTable;
  return table;
}

/** What the program itself knows of the price of a model at a host. Names count letter for letter. */
export function shippedPriceOf(host: string, model: string): ModelPrices | undefined {
  const service = shippedPrices().services.find((known) => known.host === host);
  const row = service?.models.find(({ names }) => names.includes(model));
  return row && wholePrices(row);
}

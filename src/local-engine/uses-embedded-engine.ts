import type { ConnectOptions } from './connect-model.ts';

/** Whether a connection starts the embedded engine rather than look for a server. */
export function usesEmbeddedEngine({
  engine,
  modelFile,
  address,
  servers,
}: Pick<ConnectOptions, 'engine' | 'modelFile' | 'address' | 'servers'>): boolean {
  return engine === 'embedded' || (engine === 'auto' && modelFile !== undefined && address === undefined && servers === undefined);
}

import type { ConnectServerOptions } from '../llm/model-connection.ts';

/** Which model to connect to, where, and who is informed meanwhile. */
export interface ConnectOptions extends Omit<ConnectServerOptions, 'engine'> {
  /** `auto`: the embedded engine if `modelFile` names a file and no address is given, else a server. */
  engine: 'auto' | 'server' | 'embedded';
  /** The provider that is asked instead: an entry of the settings by its name, and which kind it is. */
  provider?: { name: string; kind: string; apiVersion?: string | undefined } | undefined;
  modelFile?: string | undefined;
  /** Requests that the embedded engine answers at once. */
  embeddedSlots?: number | undefined;
  /** Receives each line of the embedded engine's log. */
  onEmbeddedLog?: ((line: string) => void) | undefined;
}

/** Whether a connection starts the embedded engine rather than look for a server. */
export function usesEmbeddedEngine({
  engine,
  modelFile,
  address,
  servers,
}: Pick<ConnectOptions, 'engine' | 'modelFile' | 'address' | 'servers'>): boolean {
  return engine === 'embedded' || (engine === 'auto' && modelFile !== undefined && address === undefined && servers === undefined);
}

import type { ConnectServerOptions, ModelConnection } from '../model-connection.ts';

/** What a provider is told to connect to. */
export interface ConnectProviderOptions extends Omit<ConnectServerOptions, 'engine'> {
  /** The entry's name in the settings, for messages. */
  name: string;
  /** The version of its API, of providers that have several. */
  apiVersion?: string | undefined;
}

/**
 * A way to reach models: its connection, its protocol, its errors. Nothing outside its folder knows it by name; the registry has a row for it.
 */
export interface Provider {
  /** As an entry of `providers` names it in `kind`. */
  readonly kind: string;
  /** For people. */
  readonly title: string;
  /** Where its models are unless an entry says otherwise, as its own packages take it. Absent: an entry has to say it. */
  readonly address?: string | undefined;
  /** The variable of the environment that usually has its key. Absent: it needs none. */
  readonly keyVariable?: string | undefined;
  /** How many times the price of other input it takes for what it puts into its cache. Absent: it takes nothing more. */
  readonly cacheWriteFactor?: number | undefined;
  /** Why a text cannot be one of its keys, as the end of a sentence that begins with "The key of <name>"; it never quotes the key. Undefined: it may be one. */
  readonly keyProblem?: (key: string) => string | undefined;
  /**
   * Connects, and finds out what can be done there. What it needs for that it imports when it is called, so that naming a provider costs nothing.
   * @throws ModelError that names the provider, what it said, and what to type.
   */
  connect(options: ConnectProviderOptions): Promise<ModelConnection>;
}

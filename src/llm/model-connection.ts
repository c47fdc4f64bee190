import type { Clock } from '../utils/clock.ts';
import type { ChatModel } from './chat-model.ts';
import type { ModelPrice } from './model-price.ts';
import type { RemoteTeam } from './remote-team.ts';
import type { ModelServer } from './server/model-server.ts';
import type { AllowedRemote } from './server/require-local-address.ts';
import type { SlotSupport } from './slots/slot-support.ts';

/** A server that is ready, and the models behind it. Whoever opens it closes it. */
export interface ModelConnection {
  server: ModelServer;
  /** With several servers: those that it began with. `server` then says what they can do together. */
  servers?: readonly ModelServer[] | undefined;
  /** The name of the model that is used unless another is asked for. */
  defaultModel: string;
  /** The same object for the same name. @throws ModelError `server.bad_key`. */
  model(name?: string): ChatModel;
  /** What a model of it costs. Absent: it costs nothing, as far as is known. */
  priceOf?: ((name?: string) => ModelPrice) | undefined;
  /** The team behind this name, if it does whole steps. Absent: nobody there does. */
  team?: ((name: string) => RemoteTeam | undefined) | undefined;
  /** Whether the server answers its health check. Absent: it has none. May reject, which means no. */
  isHealthy?: ((signal: AbortSignal) => Promise<boolean>) | undefined;
  /** Absent if the server reports nothing about its slots. */
  slots?: SlotSupport | undefined;
  /** Ends what was started for this connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Which model is wanted, where it is, and whom to notify while connecting. */
export interface ConnectServerOptions {
  /** What answers at `address`. Default: a server that was there before. */
  engine?: ModelServer['engine'] | undefined;
  /** The server's address. Absent: the usual ones of this machine, in turn. */
  address?: string | undefined;
  /** Several servers, instead of `address`. */
  servers?: readonly { address: string; weight: number }[] | undefined;
  apiKey?: string | undefined;
  model?: string | undefined;
  /** Further models in use: a server that has one of them is used, too. */
  roleModels?: readonly string[] | undefined;
  /** The context of a server that does not report it. */
  contextTokens?: number | undefined;
  /** What may be on another machine. */
  remote: AllowedRemote;
  /** After this long without a token or progress a call is examined, and given up if the server does not answer either. */
  timeoutMilliseconds: number;
  /** When calls to a failing server wait for it to be healthy. Absent: never. */
  circuitBreaker?: { threshold: number; timeoutMilliseconds: number } | undefined;
  /** How long to wait for a server that is loading. Default: five minutes. */
  loadingTimeoutMilliseconds?: number | undefined;
  clock: Clock;
  /** Where the server saves copies of slots, if on this machine: they are removed at the end. */
  slotFolder?: string | undefined;
  /** Where measurements of servers are kept. Absent: nowhere. */
  cacheFolder?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Called about once a second while a server is loading, with the time waited so far. */
  onLoading?: ((address: string, waitedMilliseconds: number) => void) | undefined;
  /** Called before measuring what several requests at once gain, which takes some seconds. */
  onMeasuring?: (() => void) | undefined;
  /** Told which of several servers are not used and why, and when a server has another model than the one asked for. */
  onNotice?: ((text: string) => void) | undefined;
  /** Of several servers, the one to use first if it answers: it has already read for the first call. */
  beginAt?: string | undefined;
  /** Whoever connects chooses among the models of the server, so nothing is said about which of them is its default. */
  choosing?: true | undefined;
  /** Chooses by the weights of several servers: at least 0, below 1. Default: `Math.random`. */
  random?: (() => number) | undefined;
}

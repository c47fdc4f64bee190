import type { Clock } from '../utils/clock.ts';
import type { ChatModel } from './chat-model.ts';
import type { ModelServer } from './server/model-server.ts';
import type { SlotSupport } from './slots/slot-support.ts';

/** A server that is ready, and the models behind it. Whoever opens it closes it. */
export interface ModelConnection {
  server: ModelServer;
  /** Where there are several: those that it began with. `server` then says what they can do together. */
  servers?: readonly ModelServer[] | undefined;
  /** The name of the model that is used unless another is asked for. */
  defaultModel: string;
  /** The same object for the same name. @throws ModelError `server.bad_key`. */
  model(name?: string): ChatModel;
  /** Absent where the server tells nothing of its slots. */
  slots?: SlotSupport | undefined;
  /** Ends what was started for this connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Which model is wanted, where, and who is told what on the way to it. */
export interface ConnectServerOptions {
  /** What answers at `address`; default: a server that was there before. */
  engine?: ModelServer['engine'] | undefined;
  /** Of the server; absent: the usual ones of this machine, in turn. */
  address?: string | undefined;
  /** Several servers, instead of `address`. */
  servers?: readonly { address: string; weight: number }[] | undefined;
  apiKey?: string | undefined;
  model?: string | undefined;
  /** Models that are used beside that one: a server that has one of them is used, too. */
  roleModels?: readonly string[] | undefined;
  /** The context of a server that does not tell it. */
  contextTokens?: number | undefined;
  /** Whether a server may be on another machine. */
  remote: 'refused' | 'allowed';
  /** Without a token or progress for this long a call is looked at, and given up where the server does not answer either. */
  timeoutMilliseconds: number;
  /** When calls to a server that fails wait for its health; absent: never. */
  circuitBreaker?: { threshold: number; timeoutMilliseconds: number } | undefined;
  /** How long a server that is loading is waited for; default: five minutes. */
  loadingTimeoutMilliseconds?: number | undefined;
  clock: Clock;
  /** Where copies of slots lie if the server saves them on this machine: they are removed at the end. */
  slotFolder?: string | undefined;
  /** Where measurements of servers are kept; absent: nowhere. */
  cacheFolder?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Called about once a second while a server is loading, with how long that was waited for. */
  onLoading?: ((address: string, waitedMilliseconds: number) => void) | undefined;
  /** Called before it is measured what several requests at once are worth: that takes some seconds. */
  onMeasuring?: (() => void) | undefined;
  /** Told which of several servers are not used, and why; and that a server has another model than the one that is asked for. */
  onNotice?: ((text: string) => void) | undefined;
  /** The one of several servers that goes first, if it answers: it has read for the first call already. */
  beginAt?: string | undefined;
  /** Decides by the weights of several servers: at least 0, below 1. Default: `Math.random`. */
  random?: (() => number) | undefined;
}

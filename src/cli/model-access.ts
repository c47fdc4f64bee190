import { resolve } from 'node:path';
import type { Settings } from '../config/settings-schema.ts';
import { createRecording } from '../llm/recording/create-recording.ts';
import type { ModelConnection } from '../llm/model-connection.ts';
import { connectModel } from '../local-engine/connect-model.ts';
import type { ConnectOptions } from '../local-engine/connect-options.ts';
import { readRecording } from '../llm/recording/read-recording.ts';
import { recordExchanges, type RecordExchangesOptions } from '../llm/recording/record-exchanges.ts';
import { replayExchanges } from '../llm/recording/replay-exchanges.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import type { RunOptions } from './run-options.ts';

/** How a run reaches its model; it is disposed of when the run is over. */
export interface ModelAccess extends AsyncDisposable {
  /** Absent: the usual way. */
  connect?: ((options: ConnectOptions) => Promise<ModelConnection>) | undefined;
  /** The number from a recording that is replayed, unless a person names one. With another number the requests would differ. */
  tasksAtOnce?: Settings['max_concurrent_agents'] | undefined;
}

export interface ModelAccessOptions extends Pick<RunOptions, 'record' | 'replay'> {
  directory: string;
  secrets: readonly string[];
  tasksAtOnce: Settings['max_concurrent_agents'];
}

/** Sets up `--record` and `--replay`. @throws MultiagentError `recording.…` before anything starts. */
export async function modelAccess({ record, replay, directory, secrets, tasksAtOnce }: ModelAccessOptions): Promise<ModelAccess> {
  if (replay !== undefined) {
    const conversation = await readRecording(resolve(directory, replay));
    return {
      connect: onlyOne(() => Promise.resolve(replayExchanges({ conversation, secrets }))),
      tasksAtOnce: conversation.server.tasksAtOnce,
      [Symbol.asyncDispose]: nothing,
    };
  }
  if (record === undefined) return { [Symbol.asyncDispose]: nothing };
  const recording = await createRecording(resolve(directory, record));
  return {
    connect: onlyOne((options) => connectRecorded(options, { recording, secrets, tasksAtOnce })),
    [Symbol.asyncDispose]: () => recording[Symbol.asyncDispose](),
  };
}

/** A recording holds the exchanges with one server. With two, a reply could come from the wrong one. */
function onlyOne(connect: NonNullable<ModelAccess['connect']>): NonNullable<ModelAccess['connect']> {
  let open = 0;
  return async (options) => {
    if ((open += 1) > 1) {
      throw new MultiagentError({
        category: 'usage',
        code: 'recording.several_models',
        message: 'A recording holds the exchanges with one model server, but this run uses several.',
        hint: 'Leave out --record and --replay, or use the same server for all models.',
      });
    }
    const connection = await connect(options).catch((error: unknown) => {
      open -= 1;
      throw error;
    });
    const close = async () => {
      open = 0;
      await connection.close();
    };
    return { ...connection, close };
  };
}

async function connectRecorded(options: ConnectOptions, recorded: Omit<RecordExchangesOptions, 'connection'>): Promise<ModelConnection> {
  const connection = await connectModel(options);
  try {
    return await recordExchanges({ connection, ...recorded });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const nothing = () => Promise.resolve();

import process from 'node:process';
import { secretsOf } from '../../config/redact-settings.ts';
import { ownSettingsFolder, ownStateFolder } from '../../config/own-folders.ts';
import { answerQuery } from '../../operations/answer-query.ts';
import { AgentOrchestrator } from '../../orchestrator/agent-orchestrator.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { startBotcoderServer } from '../../server/botcoder/start-botcoder-server.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { createLogger } from '../../utils/winston-logger.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { loadingNotice } from '../loading-notice.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import { cacheFolder } from '../model/state-folders.ts';
import type { RunOptions } from '../run-options.ts';
import { stopOnSignal } from '../stop-signals.ts';
import { usageError } from '../usage-error.ts';
import { serveLine } from '../views/serve-line.ts';
import { writeFolded } from '../write-folded.ts';

export interface ServeOptions extends RunOptions {
  botcoder?: boolean | undefined;
  port?: string | undefined;
  host?: string | undefined;
}

const usualPort = '9000';

/** `multiagent serve --botcoder`: answers until it is stopped. 0, or 130 where a question was under way then. */
export async function serve(options: ServeOptions): Promise<ExitCode> {
  const { botcoder, port: given = usualPort, host = '127.0.0.1', verbose } = options;
  if (!botcoder) throw usageError('It is not said what to serve.', 'Type "multiagent serve --botcoder" for the agents of a botserver.');
  const port = portOf(given);
  const { settings, warnings } = loadRunSettings(options, process.cwd());
  const logger = await createLogger({
    held: true,
    level: verbose ? 'debug' : settings.log_level,
    file: settings.log_file,
    standardError: verbose ? 'on' : 'off',
    stream: process.stderr,
    secrets: secretsOf(settings),
  });
  for (const warning of warnings) logger.warn(warning);
  const say = (text: string) => writeFolded(`${printableLine(text)}\n`);
  using stop = stopOnSignal(new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'The server was stopped.' }));
  const orchestrator = new AgentOrchestrator({
    config: settings,
    logger,
    onEvent: () => logger.release(),
    cacheFolder: cacheFolder(),
    ownFolder: ownSettingsFolder(process.env),
    stateFolder: ownStateFolder(process.env),
    onLoading: loadingNotice(say),
    onNotice: say,
  });
  let underWay = 0;
  try {
    const connection = await orchestrator.connect(stop.signal);
    const most = placesAt(connection, settings.max_concurrent_agents);
    const server = await startBotcoderServer({
      host,
      port,
      most,
      answer: async (query, signal) => {
        underWay += 1;
        try {
          return await answerQuery(orchestrator, query, { signal, runsAtOnce: most });
        } finally {
          if (!stop.signal.aborted) underWay -= 1;
        }
      },
      onNews: (news) => {
        if (news.type === 'refused') logger.warn('A request was refused', { status: news.status, error: news.error });
        say(serveLine(news));
      },
    });
    say(`Answering at ${server.address}/api/botcoder/<agent>/query, ${most === 1 ? 'one question' : `${most} questions`} at a time.`);
    say(`Model ${connection.defaultModel} on ${placeOf(connection)}. Questions are runs: "multiagent runs" lists them. Ctrl-C ends it.`);
    await aborted(stop.signal);
    say(underWay === 0 ? 'Stopped.' : 'Stopping; what has arrived is kept. Press Ctrl-C again to end at once.');
    await server.close(stop.signal.reason as Error);
    return underWay === 0 ? exitCode.completed : exitCode.interrupted;
  } finally {
    await orchestrator.close();
    await logger.close();
  }
}

function portOf(given: string): number {
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (port <= 65_535) return port;
  throw usageError(`--port is "${given}", which is no port.`, 'A port is a number up to 65535; 0 takes any that is free.');
}

/** As many as the person says, else as many as the server works on at once. */
function placesAt({ server }: ModelConnection, wanted: number | 'auto'): number {
  return wanted === 'auto' ? Math.max(1, server.slots ?? 1) : wanted;
}

function placeOf({ server: { engine, address } }: ModelConnection): string {
  return engine === 'embedded' ? 'the embedded engine' : withoutCredentials(address);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * The log that every room may write to. The winston implementation is created at the edge; a room never knows where the lines go.
 * @example
 * const lines: string[] = [];
 * const keep = (message: string) => void lines.push(message);
 * const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };
 * const team = new AgentOrchestrator({ workspace: folder, logger });
 * await team.close();
 */
export interface Logger {
  debug(message: string, data?: Record<string, unknown>): void;
  info(message: string, data?: Record<string, unknown>): void;
  warn(message: string, data?: Record<string, unknown>): void;
  error(message: string, data?: Record<string, unknown>): void;
}

const ignore = () => undefined;

/** For programs that want no log. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

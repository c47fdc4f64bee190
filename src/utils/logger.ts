/** The log that every room may write to. The winston implementation is created at the edge; a room never knows where the lines go. */
export interface Logger {
  debug(message: string, data?: Record<string, unknown>): void;
  info(message: string, data?: Record<string, unknown>): void;
  warn(message: string, data?: Record<string, unknown>): void;
  error(message: string, data?: Record<string, unknown>): void;
}

const ignore = () => undefined;

/** For programs that want no log. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** The error types of llama-server that clients compare. */
export type ServerErrorType =
  | 'invalid_request_error'
  | 'exceed_context_size_error'
  | 'not_found_error'
  | 'permission_error'
  | 'unavailable_error'
  | 'server_error';

export interface ServerErrorOptions {
  status: number;
  type: ServerErrorType;
  message: string;
  /** Fields besides code, message and type, such as `n_ctx`. */
  details?: Record<string, unknown> | undefined;
}

/** An error that the client receives in llama-server's format. */
export class ServerError extends Error {
  readonly status: number;
  readonly type: ServerErrorType;
  readonly details: Record<string, unknown>;

  constructor({ status, type, message, details = {} }: ServerErrorOptions) {
    super(message);
    this.name = 'ServerError';
    this.status = status;
    this.type = type;
    this.details = details;
  }

  toBody(): { error: Record<string, unknown> } {
    return { error: { code: this.status, message: this.message, type: this.type, ...this.details } };
  }
}

export function invalidRequest(message: string): ServerError {
  return new ServerError({ status: 400, type: 'invalid_request_error', message });
}

/** Turns anything that was thrown into an error that a client may read: our own sentences, never a stack or a path from a library's message. */
export function toServerError(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  return new ServerError({ status: 500, type: 'server_error', message: 'The model failed to answer. The server log says more.' });
}

import { MultiagentError } from '../../utils/multiagent-error.ts';

/** A request that is answered with an error: its status and what stands in the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  /** In seconds, for those who are to come again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, told: { code: string; message: string; hint?: string | undefined; retryAfter?: number | undefined }) {
    super(told.message);
    this.status = status;
    this.code = told.code;
    this.hint = told.hint;
    this.retryAfter = told.retryAfter;
  }
}

/** What an error says to whoever asked: nothing of this machine but what our own sentences say. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof MultiagentError))
    return new Refusal(500, { code: 'server.fault', message: 'The server has a fault. Its terminal says more.' });
  const { code, message, hint, category } = error;
  // Without a model, somebody else may be asked meanwhile.
  return new Refusal(category === 'model' || category === 'stopped' ? 503 : 500, { code, message, hint });
}

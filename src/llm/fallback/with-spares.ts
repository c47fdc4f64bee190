import { ModelError } from '../model-error.ts';

/** The error of a model that nothing could stand in for: it also tells why. With no spares it is the error itself. */
export function withSpares(error: ModelError, spares: readonly { name: string; why: string }[]): ModelError {
  if (spares.length === 0) return error;
  const { kind, code, message, hint, retryAfter, overflow } = error;
  const others = spares.map(({ name, why }) => `${name}: ${why}`).join(' ');
  return new ModelError({
    kind,
    code,
    message: `${message} Nothing could stand in for it. ${others}`,
    hint,
    retryAfter,
    overflow,
    cause: error,
  });
}

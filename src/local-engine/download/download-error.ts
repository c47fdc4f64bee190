import { MultiagentError, type MultiagentErrorOptions } from '../../utils/multiagent-error.ts';

/** A model could not be downloaded. What has arrived is kept unless the code is `download.corrupt`. */
export function downloadError(
  code: string,
  message: string,
  options: { hint: string } & Pick<MultiagentErrorOptions, 'category' | 'cause'>,
): MultiagentError {
  return new MultiagentError({ code: `download.${code}`, message, ...options });
}

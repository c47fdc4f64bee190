import { isLoopbackAddress } from '../../utils/loopback.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { downloadError } from './download-error.ts';

/** Where models are published unless `HF_ENDPOINT` says otherwise. */
export const usualEndpoint = 'https://huggingface.co';

/**
 * Checks an address that a model is to come from. It must use HTTPS, because a model controls what is written on this machine; plain HTTP is allowed only for
 * servers on this machine.
 * @throws MultiagentError `download.bad_address`
 */
export function checkDownloadAddress(address: string): URL {
  const url = URL.parse(address);
  const shown = withoutCredentials(address);
  const refuse = (problem: string) =>
    downloadError('bad_address', `"${shown}" ${problem}.`, { category: 'usage', hint: `Give an address such as ${usualEndpoint}.` });
  if (url === null || !/^https?:$/.test(url.protocol)) throw refuse('is not an address that a model can be downloaded from');
  if (url.username !== '' || url.password !== '') throw refuse('contains a user name or a password, which would end up in logs');
  if (url.protocol === 'http:' && !isLoopbackAddress(address))
    throw refuse('is not encrypted, so somebody on the way could change the model');
  return url;
}

import type { Provider } from '../provider.ts';
import { requirePackage } from './require-package.ts';

/** Shapes of keys that people have beside the right one. */
const otherKeys: readonly { shape: RegExp; is: string }[] = [
  { shape: /^sk-ant-admin/, is: 'is an admin key, which cannot ask models' },
  { shape: /^sk-ant-oat/, is: 'is the token of a sign-in, which is no key' },
  { shape: /^sk-(?:proj|svcacct|admin)-/, is: 'is one of OpenAI' },
  { shape: /[^\u{21}-\u{7e}]/u, is: 'contains a space, a line break or a character beyond ASCII, and no key does' },
];

/** Anthropic's own service, or any other server that speaks its protocol, such as a llama-server. */
export const anthropic: Provider = {
  kind: 'anthropic',
  title: 'Anthropic',
  address: 'https://api.anthropic.com',
  keyVariable: 'ANTHROPIC_API_KEY',
  // For what it keeps for five minutes, as our marks ask for.
  cacheWriteFactor: 1.25,
  keyProblem: (key) => otherKeys.find(({ shape }) => shape.test(key))?.is,
  async connect(options) {
    const { connectAnthropic } = await requirePackage(options.name, () => import('./connect-anthropic.ts'));
    return connectAnthropic(anthropic, options);
  },
};

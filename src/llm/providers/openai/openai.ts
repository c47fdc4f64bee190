import type { Provider } from '../provider.ts';

/** OpenAI's own service, or one that is reached exactly as it is. */
export const openai: Provider = {
  kind: 'openai',
  title: 'OpenAI',
  address: 'https://api.openai.com/v1',
  keyVariable: 'OPENAI_API_KEY',
  keyProblem: (key) => (key.startsWith('sk-ant-') ? 'is one of Anthropic' : undefined),
  async connect(options) {
    const { connectOpenAi } = await import('./connect-openai.ts');
    return connectOpenAi(openai, options);
  },
};

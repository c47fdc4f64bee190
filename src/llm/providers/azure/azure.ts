import type { Provider } from '../provider.ts';

/** Models of OpenAI in a person's own resource at Azure. The model is the name of a deployment. */
export const azure: Provider = {
  kind: 'azure',
  title: 'Azure OpenAI',
  keyVariable: 'AZURE_OPENAI_API_KEY',
  keyProblem: (key) =>
    key.startsWith('sk-ant-') ? 'is one of Anthropic' : /^sk-(?:proj|svcacct|admin)-/.test(key) ? 'is one of OpenAI' : undefined,
  async connect(options) {
    const { connectAzure } = await import('./connect-azure.ts');
    return connectAzure(azure, options);
  },
};

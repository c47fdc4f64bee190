import type { Provider } from '../provider.ts';

/** A llama-server, or any other server that speaks the OpenAI-compatible protocol. It may need a key, and usually does not. */
export const llamaServer: Provider = {
  kind: 'llama-server',
  title: 'llama-server',
  async connect(options) {
    const { connectServer } = await import('../../connect-server.ts');
    return connectServer({ ...options, engine: 'server' });
  },
};

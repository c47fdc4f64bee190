import type { Provider } from '../provider.ts';

/** A server with a team of agents of its own, or another multiagent that answers like one (`multiagent serve --botcoder`). It needs a key where an entry gives one. */
export const botserver: Provider = {
  kind: 'botserver',
  title: 'botserver',
  async connect(options) {
    const { connectBotserver } = await import('./connect-botserver.ts');
    return connectBotserver(botserver, options);
  },
};

import { onTestFinished } from 'vitest';
import { answerQuery } from '../../src/operations/answer-query.ts';
import { type BotcoderNews, type BotcoderServerOptions, startBotcoderServer } from '../../src/server/botcoder/start-botcoder-server.ts';
import { teamOnFake, type TeamOnFakeOptions } from './team-on-fake.ts';
import { replyAsTeam } from './team-replies.ts';

/** A real server for questions to agents, over a real socket; behind it a team on a fake llama-server. Everything ends with the test. */
export async function botcoderOnFake({ most = 1, ...team }: TeamOnFakeOptions & Pick<Partial<BotcoderServerOptions>, 'most'> = {}) {
  const on = await teamOnFake({ ...team, server: { contextTokens: 65_536, reply: answerInner, ...team.server } });
  const news: BotcoderNews[] = [];
  const serving = await startBotcoderServer({
    host: '127.0.0.1',
    port: 0,
    most,
    answer: (query, signal) => answerQuery(on.orchestrator, query, { signal, runsAtOnce: most }),
    onNews: (one) => news.push(one),
  });
  onTestFinished(() => serving.close(new Error('the test is over')));
  return { ...on, serving, news };
}

const asTeam = replyAsTeam();

/** Answers the step that a question is about, where another team asks: it stands in what is asked. */
export function answerInner({ messages, taskType }: { messages: readonly { content: string }[]; taskType: string | undefined }): string {
  const said = messages.map(({ content }) => content).join('\n');
  const steps = [...said.matchAll(/^# Step \d+ of \d+: (\w+)$/gm)].map(([, step]) => step).filter((step) => step !== 'answer');
  return steps.length > 0 ? asTeam({ taskType: steps.at(-1) }) : `The answer of a team that was asked for ${taskType ?? 'nothing'}.`;
}

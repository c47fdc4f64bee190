import type { BotcoderNews } from '../../server/botcoder/start-botcoder-server.ts';
import { formatDuration } from './format-time.ts';

/** One line of `multiagent serve` for what has happened. It is not made safe to show. */
export function serveLine(news: BotcoderNews): string {
  switch (news.type) {
    case 'asked': {
      const waits = news.ahead === 0 ? '' : `, behind ${news.ahead} that ${news.ahead === 1 ? 'waits' : 'wait'}`;
      return `#${news.number} ${news.agent}: asked (${news.characters} characters${waits})`;
    }
    case 'answered': {
      const { output, exitCode, run, role, error } = news.answer;
      const how = exitCode === 0 ? `answered by ${role} (${output.length} characters)` : `failed: ${error?.message ?? 'no result'}`;
      return `#${news.number} ${news.agent}: ${how} after ${formatDuration(news.milliseconds)}, run ${run}`;
    }
    case 'left':
      return `#${news.number} ${news.agent}: whoever asked has hung up; its run is cancelled`;
    case 'refused':
    default: {
      const which = news.number === undefined ? '' : `#${news.number} `;
      return `${which}refused (HTTP ${news.status}): ${news.error instanceof Error ? news.error.message : String(news.error)}`;
    }
  }
}

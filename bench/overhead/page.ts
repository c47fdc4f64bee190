import { cpus } from 'node:os';
import process from 'node:process';
import type { Cost } from './job.ts';

/** One workload by one engine. `cost` is missing where it failed or took too long. */
export interface Measured {
  title: string;
  engine: string;
  /** Of all runs together. */
  steps: number;
  rounds: number;
  cost: Cost | undefined;
}

export interface PromptCounts {
  engine: string;
  requests: number;
  promptTokens: number;
  readTokens: number;
}

/** A command and how many times as long as `node -e 0` it takes. */
export interface Start {
  command: string;
  /** In what folder, if that matters. */
  where: string;
  times: number;
}

interface Results {
  measured: readonly Measured[];
  /** Six steps on a server that takes 50 ms; `steps` are the replies that can not be waited for at the same time. */
  slow: readonly Measured[];
  prompts: readonly PromptCounts[];
  starts: readonly Start[];
  longestSeconds: number;
}

/** What was measured, as a part of a page. */
export function overheadPage({ measured, slow, prompts, starts, longestSeconds }: Results): string {
  const titles = [...new Set(measured.map(({ title }) => title))];
  const engines = [...new Set(measured.map(({ engine }) => engine))];
  const find = (title: string, engine: string) => measured.find((each) => each.title === title && each.engine === engine);
  const table = (what: string, of: (cost: Cost, steps: number) => string) => [
    `| ${what} | ${engines.join(' | ')} |`,
    `|---|${engines.map(() => '---').join('|')}|`,
    ...titles.map((title) => {
      const cells = engines.map((engine) => {
        const found = find(title, engine);
        if (found === undefined) return 'not measured';
        return found.cost === undefined ? 'not finished' : of(found.cost, found.steps);
      });
      return `| ${title} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
  const [cpu] = cpus();
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.replace(/\s+\d+-Core.*/, '') ?? 'unknown'}, a machine with other work; all in one run, each job in a process of its own after a short run beforehand. "Not finished" is more than ${longestSeconds} seconds.`,
    '',
    ...table('milliseconds a step', ({ wall }, steps) => (wall / steps).toFixed(1)),
    ...table('milliseconds of processor time a step', ({ processor }, steps) => (processor / steps).toFixed(2)),
    ...table('megabytes at most', ({ memory }) => memory.toFixed(0)),
    ...chart(measured),
    ...growth(measured, engines),
    '### Waiting for the model',
    '',
    'Six steps on a server that takes 50 ms for each reply: time ÷ the time of the replies that have to be waited for one after the other.',
    '',
    '| engine | times |',
    '|---|---|',
    ...slow.map(
      ({ engine, steps, cost }) => `| ${engine} | ${cost === undefined ? 'not finished' : (cost.wall / (steps * 50)).toFixed(2)} |`,
    ),
    '',
    '### What the server reads again',
    '',
    'Prompt tokens of twelve replies of 600 tokens each (two runs of six steps), on a stand-in for a server with one slot: it holds one prompt with its reply and reads what follows the beginning that the next prompt has in common with it.',
    '',
    '| engine | prompt tokens | read | of them read |',
    '|---|---|---|---|',
    ...prompts.map(
      ({ engine, promptTokens, readTokens }) =>
        `| ${engine} | ${count(promptTokens)} | ${count(readTokens)} | ${((readTokens / promptTokens) * 100).toFixed(0)} % |`,
    ),
    '',
    ...(starts.length === 0
      ? ['Starts were not measured: the program was not built.', '']
      : [
          '### Starting',
          '',
          'Median of 15 starts, times as long as `node -e 0`:',
          '',
          ...starts.map(({ command, where, times }) => `- \`${command}\`${where && ` ${where}`}: ${times.toFixed(2)}`),
          '',
        ]),
  ]
    .join('\n')
    .trimEnd();
}

/** Processor time a step, one bar for each engine and length. */
function chart(measured: readonly Measured[]): string[] {
  const chains = measured.filter(({ title, cost }) => /^chain of [\d,]+$/.test(title) && cost !== undefined);
  const timeOf = ({ cost, steps }: Measured) => (cost?.processor ?? 0) / steps;
  const most = Math.max(...chains.map(timeOf));
  const widest = Math.max(...chains.map(({ engine }) => engine.length));
  const lines = chains.map((each, index) => {
    const title = each.title === chains[index - 1]?.title ? '' : each.title;
    const bar = '█'.repeat(Math.max(1, Math.round((timeOf(each) / most) * 40)));
    return `${title.padEnd(16)}${each.engine.padEnd(widest + 2)}${bar} ${timeOf(each).toFixed(2)}`;
  });
  return ['Processor time a step, in milliseconds:', '', '```', ...lines, '```', ''];
}

/** How cost grows with the length of a chain: the exponent of the power that fits best. 1 is in proportion. */
function growth(measured: readonly Measured[], engines: readonly string[]): string[] {
  const rows = engines.map((engine) => {
    const chains = measured.filter(
      ({ title, engine: whose, cost }) => whose === engine && /^chain of [\d,]+$/.test(title) && cost !== undefined,
    );
    const exponent = (of: (cost: Cost) => number) => {
      const points = chains.flatMap(({ steps, cost }) => (cost === undefined ? [] : [[Math.log(steps), Math.log(of(cost))] as const]));
      return points.length < 3 ? 'not measured' : slope(points).toFixed(2);
    };
    return `| ${engine} | ${exponent(({ wall }) => wall)} | ${exponent(({ processor }) => processor)} | ${chains.map(({ steps }) => count(steps)).join(', ')} |`;
  });
  return [
    'How the cost of a chain grows with its length (exponent; 1 is in proportion to the length):',
    '',
    '| engine | time | processor time | lengths |',
    '|---|---|---|---|',
    ...rows,
    '',
  ];
}

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return (
    points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
  );
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

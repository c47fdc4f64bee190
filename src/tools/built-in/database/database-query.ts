import { z } from 'zod';
import { redactSecrets } from '../../../utils/redact-secrets.ts';
import { OutputCutter } from '../../output/cut-output.ts';
import { errorResult, type Tool } from '../../tool.ts';
import { databasePath } from './database-path.ts';
import { readDatabase } from './read-database.ts';

const parameters = z.object({
  query: z
    .string()
    .trim()
    .min(1, 'it must not be empty')
    .max(10_000, 'it must have at most 10000 characters')
    .refine((query) => !query.includes('\0'), 'it must not contain a zero byte')
    .describe('One SELECT, in the words of SQLite'),
  file: z.string().optional().describe("Relative to the project's folder; without it, the only SQLite file of the project"),
});

/** What an SQLite file of the project says to a question. It is opened for reading alone, and a query that could do anything else is refused by SQLite itself. */
export const databaseQuery: Tool<typeof parameters> = {
  name: 'database_query',
  description: 'Shows the rows that a SELECT finds in an SQLite file of the project. Nothing can be changed with it.',
  example: 'database_query("SELECT count(*) FROM orders")',
  parameters,
  risk: () => 'read',
  async execute({ query, file: name }, context) {
    const place = await databasePath(name, ['sqlite'], context);
    if (place.kind === 'refused') return errorResult(place.message);
    const printed = new OutputCutter(context.output);
    const answer = await readDatabase({ task: 'query', file: place.path, query }, context, (chunk) => printed.add(chunk));
    if (answer.kind === 'failed') return errorResult(`${answer.message} Only a SELECT can be asked; database_schema shows the tables.`);
    const { text, cut } = printed.finish((shown) => String(redactSecrets(shown, { secrets: context.secrets })));
    return { output: text, isError: false, metadata: { file: place.path }, ...(cut === undefined ? {} : { cut }) };
  },
};

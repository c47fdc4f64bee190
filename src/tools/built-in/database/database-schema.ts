import { z } from 'zod';
import { readShownFile } from '../../../project/choosing/read-shown-file.ts';
import { parseJson } from '../../../utils/parse-json.ts';
import { shownName } from '../../../utils/printable.ts';
import { redactSecrets } from '../../../utils/redact-secrets.ts';
import { cutText } from '../../output/cut-output.ts';
import { errorResult, type Tool, type ToolContext } from '../../tool.ts';
import { databaseFileOf, databasePath } from './database-path.ts';
import { readDatabase } from './read-database.ts';
import { readSchema } from './read-schema.ts';
import { renderSchema } from './render-schema.ts';

const parameters = z.object({
  file: z.string().optional().describe("An SQLite or .sql file, relative to the project's folder; without it, the only one of the project"),
});

const mostBytes = 1024 * 1024;

/** Which tables a database of the project has: from an SQLite file, or from the SQL that creates them. No database is connected to. */
export const databaseSchema: Tool<typeof parameters> = {
  name: 'database_schema',
  description: 'Shows the tables, columns, keys and indexes of an SQLite file, or of a .sql file that creates tables.',
  example: 'database_schema("schema.sql")',
  parameters,
  risk: () => 'read',
  async execute({ file: name }, context) {
    const place = await databasePath(name, ['sqlite', 'sql'], context);
    if (place.kind === 'refused') return errorResult(place.message);
    const { path } = place;
    const sql = databaseFileOf(path) === 'sql' ? readSql(path, context) : await sqlOfDatabase(path, context);
    if ('message' in sql) return errorResult(sql.message);
    const schema = readSchema(sql.text);
    const shown = String(redactSecrets(renderSchema(schema), { secrets: context.secrets }));
    const { text, cut } = cutText(shown === '' ? `'${shownName(path)}' defines no tables.\n` : `${shown}${sql.note}`, context.output);
    const metadata = { file: path, tables: schema.tables.size, views: schema.views.length };
    return { output: text, isError: false, metadata, ...(cut === undefined ? {} : { cut }) };
  },
};

type Sql = { text: string; note: string } | { message: string };

function readSql(path: string, { workspace }: ToolContext): Sql {
  const found = readShownFile(workspace, path);
  if (found.kind === 'missing') return { message: `There is no file '${shownName(path)}'. list_files shows what is in a folder.` };
  return found.kind === 'text' ? { text: found.text, note: '' } : { message: `'${shownName(path)}' cannot be read: ${found.reason}.` };
}

async function sqlOfDatabase(file: string, context: ToolContext): Promise<Sql> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const answer = await readDatabase({ task: 'schema', file }, context, (chunk) => {
    if (bytes <= mostBytes) chunks.push(chunk);
    bytes += chunk.length;
  });
  if (answer.kind === 'failed') return answer;
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  const statements = lines.map(parseJson).filter((statement) => typeof statement === 'string');
  return { text: statements.join(';\n'), note: bytes > mostBytes ? '[there is more, which was not read]\n' : '' };
}

/**
 * Where a setting's value comes from: a file (absolute path, line counted from 1), a variable of the real environment, a variable of the `.env` file,
 * or the command line or program.
 */
export type SettingSource = 'default' | 'override' | { file: string; line: number } | { environment: string } | { dotenv: string };

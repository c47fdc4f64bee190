import type { z } from 'zod';

/** One setting, as the loader, the help and the documentation need it. */
export interface SettingField {
  /** Dotted: `llm_timeout`, `agents.developer.config.languages`. */
  key: string;
  path: readonly string[];
  schema: z.ZodType;
  description: string;
  /** Absent if the setting has no default. */
  default?: unknown;
  environment?: string;
  secret: boolean;
}

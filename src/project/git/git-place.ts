/** The variables that Git may see; it gets them without the secrets among them. */
export type GitEnvironment = Readonly<Record<string, string | undefined>>;

/** Where Git is started. It stands apart from the starting, because programs see these types without knowing those of Node. */
export interface GitPlace {
  folder: string;
  environment: GitEnvironment;
  signal?: AbortSignal | undefined;
  /** Git is ended after so long, as if it had failed. Default: it may take its time. */
  mostMilliseconds?: number | undefined;
}

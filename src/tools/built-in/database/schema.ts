/** What is known of the tables of a database, in the words of its own SQL. */
export interface Schema {
  tables: Map<string, Table>;
  views: string[];
  /** Types of its own, with what they may be. */
  types: string[];
  /** Statements that change tables in a way that is not shown. */
  others: number;
}

export interface Table {
  name: string;
  /** A line for each. */
  columns: Column[];
  /** Keys and constraints over columns, and indexes; a line for each. */
  rules: string[];
}

export interface Column {
  name: string;
  /** May be empty: SQLite asks for none. */
  type: string;
  /** Such as `not null`. */
  rules: string[];
}

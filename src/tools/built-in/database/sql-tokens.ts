/** A piece of SQL. `word`: a keyword, or a name without quotes. `name`: one in quotes, without them. `other`: a number or a sign. */
export interface SqlToken {
  kind: 'word' | 'name' | 'text' | 'other';
  text: string;
}

const word = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const number = /\d[\d.]*/y;
const dollar = /\$(?:[A-Za-z_]\w{0,60})?\$/y;
const bracketed = /\[[\p{L}_][^\]\n]{0,200}\]/uy;
const operator = /[<>=!~|&+*/%#@^?:-]+/y;
const any = /[^]/uy;
const closers: Readonly<Record<string, string>> = { '"': '"', '`': '`', "'": "'" };

/**
 * The statements of a file of SQL, one after the other, as tokens without comments. It takes linear time, whatever the file holds: what is opened and never closed goes to
 * the end.
 */
export function* sqlStatements(sql: string): Generator<SqlToken[]> {
  const reader = new TokenReader(sql);
  let statement: SqlToken[] = [];
  for (let token = reader.next(); token !== undefined; token = reader.next()) {
    if (token.kind !== 'other' || token.text !== ';') {
      statement.push(token);
      continue;
    }
    if (isWord(statement[0], 'COPY') && statement.some((part) => isWord(part, 'STDIN'))) reader.skipCopiedData();
    if (statement.length > 0) yield statement;
    statement = [];
  }
  if (statement.length > 0) yield statement;
}

/** Whether a token is this keyword. @param keyword In upper case. */
export function isWord(token: SqlToken | undefined, ...keywords: readonly string[]): boolean {
  return token?.kind === 'word' && keywords.includes(token.text.toUpperCase());
}

class TokenReader {
  readonly #sql: string;
  #at = 0;

  constructor(sql: string) {
    this.#sql = sql;
  }

  next(): SqlToken | undefined {
    this.#skipNothing();
    const sign = this.#sql[this.#at];
    if (sign === undefined) return undefined;
    const closer = closers[sign];
    if (closer !== undefined) return this.#quoted(closer);
    const tag = this.#match(dollar);
    if (tag !== undefined) return { kind: 'text', text: this.#until(tag) };
    const found = this.#match(word);
    if (found !== undefined) return { kind: 'word', text: found };
    const name = this.#match(bracketed);
    if (name !== undefined) return { kind: 'name', text: name.slice(1, -1) };
    return { kind: 'other', text: this.#match(number) ?? this.#match(operator) ?? this.#match(any) ?? '' };
  }

  /** The lines behind `COPY … FROM stdin;`, which end with `\.`. */
  skipCopiedData(): void {
    this.#until('\n\\.');
  }

  #skipNothing(): void {
    for (;;) {
      const sign = this.#sql[this.#at];
      if (sign !== undefined && /\s/.test(sign)) this.#at += 1;
      else if (this.#sql.startsWith('--', this.#at)) this.#until('\n');
      else if (this.#sql.startsWith('/*', this.#at)) this.#until('*/');
      else return;
    }
  }

  /** A doubled quote stands for one. */
  #quoted(closer: string): SqlToken {
    this.#at += 1;
    let text = this.#until(closer);
    while (this.#sql[this.#at] === closer) {
      this.#at += 1;
      text += closer + this.#until(closer);
    }
    return { kind: closer === "'" ? 'text' : 'name', text };
  }

  /** @returns what stands before the end, behind which it goes on. */
  #until(end: string): string {
    const found = this.#sql.indexOf(end, this.#at);
    const text = this.#sql.slice(this.#at, found === -1 ? undefined : found);
    this.#at = found === -1 ? this.#sql.length : found + end.length;
    return text;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#sql)?.[0];
    if (text !== undefined) this.#at += text.length;
    return text;
  }
}

const inDollar = 1e9;

/**
 * An amount of money for people, from billionths of a US dollar: `$2.50`, `$0.0423`. Never so short that something looks like nothing.
 * @param round Where two amounts are compared, the smaller one is rounded down and the larger one up, so that they never read the same.
 */
export function formatDollars(billionths: number, round: 'round' | 'floor' | 'ceil' = 'round'): string {
  const dollars = billionths / inDollar;
  if (dollars > 0 && dollars < 0.0001) return 'less than $0.0001';
  const unit = dollars >= 1 || dollars === 0 ? inDollar / 100 : inDollar / 10_000;
  const shown = (Math[round](billionths / unit) * unit) / inDollar;
  return dollars >= 1 || dollars === 0 ? `$${shown.toFixed(2)}` : `$${shown.toFixed(4).replace(/0{1,2}$/, '')}`;
}

/** Dollars as people write them, in billionths. */
export function billionthsOf(dollars: number): number {
  return Math.round(dollars * inDollar);
}

/** The same as a number for programs. */
export function dollarsOf(billionths: number): number {
  return billionths / inDollar;
}

const inDollar = 1e9;

/** An amount of money for people, from billionths of a US dollar: `$2.50`, `$0.0423`. Never so short that something looks like nothing. */
export function formatDollars(billionths: number): string {
  const dollars = billionths / inDollar;
  if (dollars >= 1 || dollars === 0) return `$${dollars.toFixed(2)}`;
  if (dollars < 0.0001) return 'less than $0.0001';
  return `$${dollars.toFixed(4).replace(/0{1,2}$/, '')}`;
}

/** Dollars as people write them, in billionths. */
export function billionthsOf(dollars: number): number {
  return Math.round(dollars * inDollar);
}

/** The same as a number for programs. */
export function dollarsOf(billionths: number): number {
  return billionths / inDollar;
}

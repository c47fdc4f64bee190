const words =
  'apple river stone cloud index table order price window button server client filter report branch letter garden bridge signal memory vector matrix ticket coupon'.split(
    ' ',
  );

/** So many words without any order, the same for the same number: what is written with them is no text that only repeats itself. */
export function variedWords(n: number, count: number, between = ' '): string {
  return Array.from({ length: count }, (_, at) => words[noise(n * 97 + at) % words.length]).join(between);
}

function noise(n: number): number {
  return (Math.imul(n + 12_345, 2_654_435_761 | 0) ^ Math.imul(n, 40_503) ^ (n * n * 7)) >>> 3;
}

/** How many of the moments `CRASH_TESTS=sample` leaves: one of so many. */
const oneOf = 4;

/**
 * Which of the moments are tried: all of them, or with `CRASH_TESTS=sample` one of four, others each day, so that each has its turn within four days.
 * @param day Counted from any beginning.
 */
export function triedMoments<Item>(moments: Item[], day = Math.floor(Date.now() / 86_400_000), which = process.env['CRASH_TESTS']): Item[] {
  return which === 'sample' ? moments.filter((_, index) => (index + day) % oneOf === 0) : moments;
}

/** So many characters has no condition that a person can still read. */
export const longestExpression = 2000;

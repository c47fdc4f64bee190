/** For a million tokens, in US dollars. */
export interface PriceFigure {
  read: number;
  write: number;
}

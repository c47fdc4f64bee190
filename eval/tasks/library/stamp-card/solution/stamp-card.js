/** A loyalty card: full cards turn into free drinks. */
export class StampCard {
  #size;
  #stamps = 0;
  #freeDrinks = 0;

  constructor(size = 10) {
    this.#size = size;
  }

  get stamps() {
    return this.#stamps;
  }

  get freeDrinks() {
    return this.#freeDrinks;
  }

  addStamps(count = 1) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError("count must be a positive whole number");
    }
    const all = this.#stamps + count;
    this.#freeDrinks += Math.floor(all / this.#size);
    this.#stamps = all % this.#size;
    return this.#stamps;
  }

  redeem() {
    if (this.#freeDrinks === 0) {
      throw new Error("no free drink yet");
    }
    this.#freeDrinks -= 1;
    return this.#freeDrinks;
  }
}

export class StampCard {
  constructor(size = 10) {
    this.size = size;
    this.stamps = 0;
    this.freeDrinks = 0;
  }

  addStamps(count = 1) {
    if (count < 1) {
      throw new Error("count must be a positive whole number");
    }
    this.stamps += count;
    if (this.stamps >= this.size) {
      this.freeDrinks += 1;
      this.stamps -= this.size;
    }
    return this.stamps;
  }

  redeem() {
    if (this.freeDrinks === 0) {
      throw new Error("no free drink yet");
    }
    return this.freeDrinks--;
  }
}

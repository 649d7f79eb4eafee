// Numbers for the names that a file uses. When all names are plain non-negative integers the numbers follow their numeric order;
// otherwise the order in which they are first seen.

const PLAIN_INTEGER = /^(0|[1-9]\d{0,14})$/;

export class Names {
  private readonly numbers = new Map<string, number>();
  private allIntegers = true;

  /** The number of a name in order of first sight; `finish` tells the final ones. */
  numberOf(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(name, number);
      this.allIntegers &&= PLAIN_INTEGER.test(name);
    }
    return number;
  }

  /** The names in their final order, and the final number of each first-sight number. */
  finish(): { names: string[]; finalNumber: Uint32Array } {
    const seen = [...this.numbers.keys()];
    const order = Uint32Array.from(seen, (_, number) => number);
    if (this.allIntegers) order.sort((a, b) => Number(seen[a]) - Number(seen[b]));
    const finalNumber = new Uint32Array(seen.length);
    order.forEach((number, place) => {
      finalNumber[number] = place;
    });
    return { names: Array.from(order, number => seen[number]), finalNumber };
  }
}

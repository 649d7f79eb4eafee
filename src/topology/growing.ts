// A list of unsigned 32-bit integers that grows, for edges whose number is not known beforehand.

export class GrowingUint32 {
  length = 0;
  private values: Uint32Array;

  constructor(capacity = 1024) {
    this.values = new Uint32Array(Math.max(capacity, 16));
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(Math.ceil(this.values.length * 1.5));
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** The values so far; a view that later pushes may leave behind. */
  view(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}

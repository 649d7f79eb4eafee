// A stream of choices that a generator of programs draws from. Once it runs dry every choice is the first, so programs end.

export class Choices {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isDry(): boolean {
    return this.at >= this.bytes.length;
  }

  /** An integer in [0, count). */
  below(count: number): number {
    return this.isDry ? 0 : this.bytes[this.at++] % count;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  chance(outOf: number): boolean {
    return this.below(outOf) === outOf - 1;
  }
}

const FULLEST = 0.7;
const LEAST_SLOTS = 1024;
/** Two halves of a hash and a place. */
const FIELDS = 3;
const SLOT_BYTES = FIELDS * Uint32Array.BYTES_PER_ELEMENT;

/** Where each distinct 64-bit hash came first, for as many as fit in a number of bytes. */
export class PlaceTable {
  /** Slot by slot the lower and the upper half and the place from 1; 0 is a free slot. */
  private slots = new Uint32Array(LEAST_SLOTS * FIELDS);
  private used = 0;
  private readonly mostSlots: number;

  /** @param bytes the most that it takes, half as much again while it grows */
  constructor(bytes: number) {
    this.mostSlots = Math.max(LEAST_SLOTS, 2 ** Math.floor(Math.log2(bytes / SLOT_BYTES)));
  }

  /** Where the hash came first: at `place`, which is kept, if it had not come; undefined if it had not and nothing fits. */
  firstPlace(low: number, high: number, place: number): number | undefined {
    let at = this.find(low, high);
    if (this.slots[at + 2] !== 0) return this.slots[at + 2] - 1;
    if (this.used + 1 > FULLEST * (this.slots.length / FIELDS)) {
      if (this.slots.length / FIELDS === this.mostSlots) return undefined;
      this.grow();
      at = this.find(low, high);
    }
    this.put(at, low, high, place + 1);
    this.used++;
    return place;
  }

  private put(at: number, low: number, high: number, place: number): void {
    this.slots[at] = low;
    this.slots[at + 1] = high;
    this.slots[at + 2] = place;
  }

  private find(low: number, high: number): number {
    const { slots } = this;
    const mask = slots.length / FIELDS - 1;
    for (let slot = (low ^ high) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * FIELDS;
      if (slots[at + 2] === 0 || (slots[at] === low && slots[at + 1] === high)) return at;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(2 * old.length);
    for (let i = 0; i < old.length; i += FIELDS)
      if (old[i + 2] !== 0) this.put(this.find(old[i], old[i + 1]), old[i], old[i + 1], old[i + 2]);
  }
}

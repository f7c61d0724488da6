/** Of pairs that were held out of training, what the start knows of them hidden; in both directions. */
export interface Learned {
  /** How many pairs were held out. */
  pairs: number;
  /** The share whose translation the trained encoder finds by cosine, among at most 2,048 pairs more. */
  found: number;
  /** The share whose translation is nearer than it was to the start, of fewer others before it; ties count half. */
  nearer: number;
}

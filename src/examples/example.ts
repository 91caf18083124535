/** An example is a scene with a name and one sentence on what to look at. */
export interface Example {
  readonly id: string;
  readonly label: string;
  /** What to look at. */
  readonly say: string;
  readonly pass: string;
  readonly source: string;
}

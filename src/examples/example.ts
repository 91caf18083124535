/** An example is a scene with a name and one sentence on what to look at. */
export interface Example {
  readonly id: string;
  readonly label: string;
  /** What to look at. */
  readonly say: string;
  readonly pass: string;
  /** Whose rules; this project's when missing. */
  readonly semantics?: string;
  /** Examples of a group stand together; most stand alone. */
  readonly group?: string;
  readonly source: string;
}

/** An example is a scene with a name and one sentence on what to look at. */
export interface Example {
  readonly id: string;
  readonly label: string;
  /** What to look at. */
  readonly say: string;
  /** Ids of passes or pipelines with commas between. */
  readonly pass: string;
  /** The verifier's when missing. */
  readonly layer?: 'verifier' | 'core';
  /** Whose rules; this project's when missing. */
  readonly semantics?: string;
  /** The table on which it is seen; when missing, the one that is open stays. */
  readonly table?: string;
  /** Examples of a group stand together; most stand alone. */
  readonly group?: string;
  readonly source: string;
}

/** How far a long piece of work has come: what is done now, and the number of its parts. */
export interface Progress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/** Signs of what became of an insn, as shapes, so that a row's text stays index and insn. */

/** Path of each role's sign around (x, 0), half of it `h` wide. */
export const SIGNS: Readonly<Record<string, (x: number, h?: number) => string>> = {
  ins: (x, h = 4) => `M${x - h} 0h${2 * h}M${x} ${-h}v${2 * h}`,
  del: (x, h = 4) => `M${x - h} 0h${2 * h}`,
  rew: (x, h = 4) => `M${x - h} 1q${h / 2} ${-h} ${h} -1t${h} -1`,
  ret: (x, h = 4) => `M${x} ${-h}l${h} ${h} ${-h} ${h} ${-h} ${-h}z`,
  err: (x) => `M${x} -5v6M${x} 3.5v1.5`,
};

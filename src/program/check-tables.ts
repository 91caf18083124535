/**
 * Whether the line and function tables that came with a program can be its tables, by the rules a kernel loads them
 * by: check_btf_line() and check_btf_func(), Linux 6.18, kernel/bpf/verifier.c. Whatever patches a program may then
 * count on it: entries ascend, name a first slot of an insn, and every subprogram begins with a line of its own.
 */
import { codeOf, SLOT_WORDS } from '../isa/insn.ts';

export interface TableProblem {
  readonly table: 'line_info' | 'func_info';
  /** Entry of that table, or for `missing` ones the subprogram. */
  readonly idx: number;
  readonly message: string;
}

const problem = (table: TableProblem['table'], idx: number, message: string): TableProblem => ({
  table,
  idx,
  message,
});

/** `insnOff` of each line entry. A program without line entries has none to check. */
function checkLines(
  insns: Int32Array,
  starts: ArrayLike<number>,
  insnOff: ArrayLike<number>,
): TableProblem | null {
  const end = insns.length / SLOT_WORDS;
  let subprog = 0;
  for (let k = 0; k < insnOff.length; k++) {
    const off = insnOff[k];
    if (k > 0 && off <= insnOff[k - 1])
      return problem(
        'line_info',
        k,
        `line_info[${k}].insn_off ${off} is not behind that of the entry before it, ${insnOff[k - 1]}`,
      );
    if (off < 0 || off >= end)
      return problem(
        'line_info',
        k,
        `line_info[${k}].insn_off ${off} is outside of the program's ${end} slots`,
      );
    if (codeOf(insns[off * SLOT_WORDS]) === 0)
      return problem(
        'line_info',
        k,
        `line_info[${k}].insn_off ${off} is no first slot of an insn (opcode 0)`,
      );
    if (subprog < starts.length && off === starts[subprog]) subprog++;
    else if (subprog < starts.length && off > starts[subprog]) break;
  }
  return insnOff.length === 0 || subprog === starts.length
    ? null
    : problem(
        'line_info',
        subprog,
        `func#${subprog} begins at insn ${starts[subprog]}, and no line entry stands there`,
      );
}

function checkFuncs(starts: ArrayLike<number>, insnOff: ArrayLike<number>): TableProblem | null {
  if (insnOff.length === 0) return null;
  if (insnOff.length !== starts.length)
    return problem(
      'func_info',
      0,
      `func_info has ${insnOff.length} entries, the program ${starts.length} functions`,
    );
  for (let k = 0; k < starts.length; k++)
    if (insnOff[k] !== starts[k])
      return problem(
        'func_info',
        k,
        `func_info[${k}].insn_off ${insnOff[k]} is not where func#${k} begins, insn ${starts[k]}`,
      );
  return null;
}

/** The first problem, or null. `starts` are the subprograms as the program's calls and callbacks define them. */
export const checkTables = (
  insns: Int32Array,
  starts: ArrayLike<number>,
  lineOff: ArrayLike<number>,
  funcOff: ArrayLike<number>,
): TableProblem | null => checkFuncs(starts, funcOff) ?? checkLines(insns, starts, lineOff);

/** The patch points that somebody wrote into the text, as a pass like any other. */
import { SLOT_WORDS } from '../isa/insn.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import type { Program } from '../program/program.ts';
import type { Pass, PassContext } from './pass.ts';

function run(program: Program, { patchPoints = [] }: PassContext): EditList {
  const edits = editBuilder(program);
  for (const { kind, at, cnt, insns, exits } of patchPoints) {
    if (kind === 'remove') {
      edits.remove(at, cnt);
      continue;
    }
    edits[kind](at);
    for (let w = 0; w < insns.length; w += SLOT_WORDS) edits.put(insns[w], insns[w + 1]);
    for (const { slot, to } of exits.toSorted((a, b) => a.slot - b.slot)) edits.exit(slot, to);
  }
  return edits.finish();
}

export const edits: Pass = {
  id: 'edits',
  label: 'My patch points',
  why: 'You said in the text where insns are to be replaced, put in front or removed; this does just that.',
  layer: 'verifier',
  source: 'patch points in the text',
  needs: 'insns',
  run,
};

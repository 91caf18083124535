/**
 * The RFC's idea (Jiong Wang, 2019): while edits arrive the program is a linked list, and numbers come back only
 * once, when the list is linearized.
 *
 *     replace b by x y z                       prepend p to c
 *
 *     [a]-->[b]-->[c]                          [a]-->[b]-->[c]
 *            | holds x from now on                      \    ^
 *            +-->[y]-->[z]-->[c]                         [p]-+
 *
 * As there, each node is allocated by itself: an object, so that what the memory allocator costs is paid here too.
 * `list-pooled` does the same with all nodes in one pool, which is the only difference between the two; batch, not this,
 * is what the app computes with. Unlike the RFC's, jumps that leave a patch know where to (SEMANTICS 7.2), and
 * the last insn of a patch inherits the record of the insn replaced (7.3). A second list of edits finds the
 * program linearized, but for distances, which stay wide until the last.
 */
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Algorithm } from './algorithm.ts';
import { LAP } from './laps.ts';
import { FLAG, layDown, layNode, linearized, STAYS } from './list-linearize.ts';
import { EDIT } from './ops.ts';
import { patchingBy, type Step } from './patching.ts';
import type { ResolvedEdits } from './resolve.ts';
import type { Work } from './work.ts';

interface Node {
  next: Node | null;
  flags: number;
  /** Where the words of its insn stand: of a patched or fresh one among those put, else in the program. */
  word: number;
  /** Slot of the program it stands for. */
  readonly slot: number;
  /** Slot of the program that a jump of a patch leaves for. */
  to: number;
}

const newNode = (slot: number, flags: number, word: number, next: Node | null): Node => ({
  next,
  flags,
  word,
  slot,
  to: STAYS,
});

function createList(end: number, work: Work): Node | null {
  let head: Node | null = null;
  for (let t = end - 1; t >= 0; t--) head = newNode(t, 0, t * SLOT_WORDS, head);
  work.alloc += end;
  work.node += end;
  return head;
}

/** Where a walk along the list stands: `node` is that of slot `at`, `tail` the one before it. */
interface Place {
  head: Node | null;
  tail: Node | null;
  node: Node | null;
  at: number;
}

function stepOver(place: Place): void {
  place.tail = place.node;
  place.node = place.node?.next ?? null;
  place.at++;
}

/** Hang a fresh node between `tail` and `node`. */
function linkFresh(place: Place, flags: number, word: number): Node {
  const fresh = newNode(place.at, FLAG.FRESH | flags, word, place.node);
  if (place.tail === null) place.head = fresh;
  else place.tail.next = fresh;
  place.tail = fresh;
  return fresh;
}

/** One edit, in time linear in its own size. Returns the next of the leaving jumps. */
function editList(place: Place, edits: ResolvedEdits, e: number, nextLeave: number): number {
  const len = edits.len[e];
  if (edits.kind[e] === EDIT.REMOVE) {
    for (let k = 0; k < len; k++) {
      if (place.node !== null) place.node.flags |= FLAG.REMOVED;
      stepOver(place);
    }
    return nextLeave;
  }
  const replaced = edits.kind[e] === EDIT.REPLACE ? place.node : null;
  if (replaced !== null) {
    place.tail = replaced;
    place.node = replaced.next;
  }
  let leave = nextLeave;
  for (let s = 0; s < len; s++) {
    const word = (edits.first[e] + s) * SLOT_WORDS;
    let node = replaced;
    if (node === null || s > 0) node = linkFresh(place, replaced === null ? FLAG.LEAD : 0, word);
    else {
      node.flags |= FLAG.PATCHED;
      node.word = word;
    }
    if (leave < edits.leaveCnt && edits.leaveEdit[leave] === e && edits.leaveSlot[leave] === s)
      node.to = edits.leaveTo[leave++];
  }
  if (replaced !== null) place.at++;
  return leave;
}

const step: Step = (draft, edits, context) => {
  const {
    work,
    options: { onLap },
  } = context;
  const head = createList(edits.slotCnt, work);
  onLap?.(LAP.CREATE, -1, work);
  const place: Place = { head, tail: null, node: head, at: 0 };
  for (let e = 0, leave = 0; e < edits.cnt; e++) {
    for (; place.at < edits.at[e]; work.node++) stepOver(place);
    leave = editList(place, edits, e, leave);
    work.node += edits.len[e];
    onLap?.(LAP.PATCH, e, work);
  }
  work.alloc += edits.bornCnt;

  const laid = layDown(edits, work);
  const { insns } = draft.program;
  for (let node = place.head; node !== null; node = node.next) {
    const { flags, word } = node;
    const from = (flags & (FLAG.FRESH | FLAG.PATCHED)) === 0 ? insns : edits.insns;
    layNode(laid, node.slot, flags, from[word], from[word + 1], node.to);
    work.node++;
  }
  return linearized(draft, edits, laid, context);
};

export const list: Algorithm = {
  id: 'list',
  label: 'list',
  style: 'list',
  readsAllPerEdit: false,
  bound: 'O(n + p)',
  why: 'Keeps the program as a linked list while edits arrive, so an edit touches only its own insns; numbers come back once, at the end.',
  open: (program, options) => patchingBy(step, program, options),
};

/**
 * Both results side by side. Would catch a slot that differs and is not listed, what is written behind the buffer and
 * not shown, a side that is not this project's where a pass asks for other patches, and a listing where one refuses.
 */
import { describe, expect, it } from 'vitest';
import { printInsn } from '../../../src/asm/print.ts';
import { BUGS } from '../../../src/examples/bugs/index.ts';
import { comparison, type Listing, run, type SlotWords } from '../../../src/pipeline/index.ts';
import { listingOf } from '../../../src/pipeline/listing.ts';

function listingIn(id: string): Listing | null {
  const bug = BUGS.find((one) => one.id === id);
  if (!bug) throw new Error(`no ${id}`);
  const { source, pass, layer, semantics } = bug;
  const output = run({
    ...{ source, pass, algorithm: 'list', seed: 1 },
    ...(layer && { layer }),
    ...(semantics && { semantics }),
  });
  if (!output.ok) throw new Error('no picture');
  return comparison(output).listing;
}

const textOf = (slot: SlotWords | null): string =>
  slot === null
    ? '-'
    : slot.isSecond
      ? 'high half'
      : printInsn(slot.w0, slot.imm, slot.nextImm, { dialect: 'kernel' });

const linesOf = (listing: Listing | null): string[] | undefined =>
  listing?.rows.map(
    ({ idx, own, theirs, differs, isBehind }) =>
      `${differs ? '!' : ' '} ${idx}: ${textOf(own)} | ${textOf(theirs)}${isBehind ? ' (behind)' : ''}`,
  );

describe('both results', () => {
  it('of R20 have what the RFC writes behind the buffer', () => {
    expect(linesOf(listingIn('rfc-r20'))).toEqual([
      '  0: r0 = 0 | r0 = 0',
      '! 1: r5 = 4 | r2 = 2',
      '! 2: r5 += 1 | r3 = 3',
      '! 3: r4 = r5 | r5 = 4',
      '! 4: r0 += r4 | r5 += 1',
      '! 5: exit | r4 = r5',
      '! 6: - | r0 += r4 (behind)',
      '! 7: - | exit (behind)',
    ]);
  });

  it('of R11 have the jump that leads elsewhere, and nothing else', () => {
    const listing = listingIn('rfc-r11');
    expect(listing).toMatchObject({ total: 1, isPictured: true });
    expect(listing?.rows.map(({ idx, differs }) => [idx, differs])).toEqual([
      [0, true],
      [1, false],
    ]);
  });

  it('of R14 are not both of the patches in the picture', () => {
    const listing = listingIn('rfc-r14');
    expect(listing?.isPictured).toBe(false);
    expect(linesOf(listing)).toEqual(['! 0: exit | goto pc+0', '! 1: - | exit']);
  });

  it('of R17 differ in no random number, and show the halves of a constant', () => {
    const listing = listingIn('rfc-r17');
    expect(linesOf(listing)?.slice(0, 2).join()).toContain('high half');
    // The RFC puts seven insns for the two slots; ours stop five earlier.
    const lacking = listing?.rows.filter(({ own }) => own === null).length;
    expect(lacking).toBe(5);
  });

  it('of a table that differs are the same, and of a refusal there are none', () => {
    expect(listingIn('rfc-r3')).toEqual({ rows: [], total: 0, isPictured: true });
    expect(listingIn('linux-m1')).toBeNull();
  });

  it('are counted beyond what is listed', () => {
    const source = `${'r3 += 1\n'.repeat(9)}exit\n`;
    const output = run({ source, pass: 'edits', algorithm: 'list', seed: 1, semantics: 'rfc-2019' });
    if (!output.ok || !output.result.ok) throw new Error('no picture');
    const { value } = output.result;
    const moved = { ...value, program: { ...value.program, insns: value.program.insns.map((w) => w ^ 1) } };
    const cnt = value.program.insns.length / 2;
    expect(listingOf(value, moved, true, 3)).toMatchObject({ total: cnt, rows: { length: 3 } });
  });
});

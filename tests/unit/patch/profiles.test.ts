/** The registry of profiles. Would catch: one that nobody can tell from another, and one of our own among the faithful. */
import { describe, expect, it } from 'vitest';
import { deviationsOf } from '../../../src/patch/deviations.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { PROFILES, profileById } from '../../../src/patch/profiles.ts';
import { ENGINE_RULES, type PassRules } from '../../../src/patch/rules.ts';
import { type Aux, auxColumns } from '../../../src/program/program.ts';
import { both } from './rfc-run.ts';

describe('profiles', () => {
  it('begin with our own rules, which every algorithm follows', () => {
    const [engine, ...others] = PROFILES;
    expect(engine).toMatchObject({ id: 'engine', rules: ENGINE_RULES, algorithm: null });
    const faithful = others.map(({ algorithm }) => algorithm?.id);
    expect(new Set(faithful).size).toBe(others.length);
    expect(ALGORITHMS.filter(({ id }) => faithful.includes(id))).toEqual([]);
  });

  it('are found by id', () => {
    for (const profile of PROFILES) expect(profileById(profile.id)).toBe(profile);
    expect(profileById('linux-2.6')).toBeUndefined();
  });

  const used: (keyof PassRules)[] = [
    ...(['blindDropsOff', 'blindMarksZext', 'blindSparesFuncs'] as const),
    ...(['rangeErrno', 'nopsTakeMayGoto', 'deadAndNopsAtOnce'] as const),
  ];
  it.each(used)('the rule %s parts some profile from another', (rule) => {
    expect(new Set(PROFILES.map(({ rules }) => rules[rule])).size).toBe(2);
  });

  const DIVIDE = '  r0 = 9\n  r0 s/= 3\n  exit';
  it.each([
    ['linux-6.1', 0],
    ['linux-6.18', 1],
  ])('signed division after blinding: %s leaves off %i', (semantics, off) => {
    const { theirs } = both(DIVIDE, { pass: 'blind', layer: 'core', semantics });
    expect(theirs.ok && theirs.value.program.insns[2 * 5] >> 16).toBe(off);
  });
});

describe('deviations', () => {
  const text = `;@replace r1 = 1 | r1 += 1\n  r1 = 1\n${'  r2 = 2\n'.repeat(3)}  exit`;
  it('are none between a result and itself', () => {
    const { ours } = both(text);
    expect(deviationsOf(ours, ours)).toEqual({ total: 0, rows: [], refusal: null });
  });

  it('are all counted, however few are told', () => {
    const { ours, theirs, deviations } = both(text.replaceAll('  r2', ';@replace r2 = 1 | r2 += 1\n  r2'));
    const few = deviationsOf(ours, theirs, 2);
    expect(few.total).toBe(deviations.total);
    expect(few.rows).toEqual(deviations.rows.slice(0, 2));
    expect(deviations.total).toBeGreaterThan(2);
  });

  it('of records go by what they say, wherever they stand', () => {
    const { ours } = both(text);
    if (!ours.ok || ours.value.program.aux === null) throw new Error('refused');
    const { program } = ours.value;
    const aux = ours.value.program.aux;
    const withAux = (change: Partial<Aux>): typeof ours => ({
      ...{ ok: true, value: { ...ours.value, program: { ...program, aux: { ...aux, ...change } } } },
    });
    const said = (change: Partial<Aux>): readonly string[] =>
      deviationsOf(ours, withAux(change)).rows.map(({ sentence }) => sentence);
    // Other columns with the same in them, and one record more.
    const records = auxColumns(7, {
      origIdx: Int32Array.of(...aux.records.origIdx, 2, 0),
      seen: Int32Array.of(...aux.records.seen, 1, 1),
    });
    expect(aux.records.origIdx).toHaveLength(5);
    expect(said({ records })).toEqual([]);
    // Slot 3 holds record 2; record 5 says the same. Slot 0 is fresh; record 6 says as little.
    const home = Int32Array.from(aux.home);
    expect([home[3], home[0] < 0]).toEqual([2, true]);
    home.set([6], 0);
    home.set([5], 3);
    expect(said({ records, home })).toEqual([]);
    home.set([4], 3);
    const zextDst = Uint8Array.from(aux.zextDst);
    zextDst[4] = 1;
    expect(said({ records, home, zextDst })).toEqual([
      'aux of insn 3 has orig_idx 4, not orig_idx 2',
      'aux of insn 4 has zext_dst 1, not zext_dst 0',
    ]);
  });

  it('name tables that hang on slots', () => {
    const { source, ours, theirs } = both(text);
    const withTable = (outcome: typeof ours, at: number): typeof ours =>
      outcome.ok
        ? {
            ...outcome,
            value: {
              ...outcome.value,
              program: {
                ...outcome.value.program,
                places: [{ kind: 'poke', name: -1, at: Int32Array.of(at) }],
              },
            },
          }
        : outcome;
    expect(source.places).toEqual([]);
    const rows = deviationsOf(withTable(ours, 4), withTable(theirs, 3)).rows;
    expect(rows.map(({ sentence }) => sentence)).toContain('poke entry 0 names insn 3, not insn 4');
  });
});

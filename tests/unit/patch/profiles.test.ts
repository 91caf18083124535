/** The registry of profiles. Would catch: one that nobody can tell from another, and one of our own among the faithful. */
import { describe, expect, it } from 'vitest';
import { deviationsOf } from '../../../src/patch/deviations.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { PROFILES, profileById } from '../../../src/patch/profiles.ts';
import { ENGINE_RULES, type PassRules } from '../../../src/patch/rules.ts';
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
    ...(['rangeErrno', 'nopsTakeMayGoto', 'deadAndNopsAtOnce', 'knowsV4'] as const),
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

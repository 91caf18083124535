/** Would catch: a pipeline that names a pass that is not there, or runs in another order than it says. */
import { describe, expect, it } from 'vitest';
import { PASSES, passById } from '../../../src/passes/index.ts';
import { PIPELINES, passesNamed } from '../../../src/passes/pipelines.ts';

const idsOf = (ids: readonly string[], deadAndNopsAtOnce = false): unknown => {
  const passes = passesNamed(ids, { deadAndNopsAtOnce });
  return passes.ok ? passes.value.map(({ id }) => id) : { unknown: passes.error };
};

describe('pipelines', () => {
  it.each(PIPELINES)('$id names passes that are there, and has a name of its own', ({ id, passes }) => {
    expect(idsOf([id])).toEqual(passes);
    expect(passes.length).toBeGreaterThan(1);
    expect(passById(id)).toBeUndefined();
  });

  it('stand among passes in the order in which they are named', () => {
    expect(idsOf(['edits', 'pipeline', 'blind'])).toEqual([
      'edits',
      'hard_wire',
      'dead_code',
      'nops',
      'blind',
    ]);
  });

  it('tell which name is unknown', () => {
    expect(idsOf(['blind', 'wat', 'watter'])).toEqual({ unknown: 'wat' });
  });

  it('become one pass where dead code and nops go at once', () => {
    expect(idsOf(['pipeline'], true)).toEqual(['hard_wire', 'dead_code_rfc']);
    expect(idsOf(['nops', 'dead_code', 'nops', 'nops', 'dead_code'], true)).toEqual([
      ...['nops', 'dead_code_rfc', 'nops', 'dead_code'],
    ]);
  });
});

describe('passes', () => {
  it('have ids of their own, and a name and a sentence to be offered by', () => {
    expect(new Set(PASSES.map(({ id }) => id)).size).toBe(PASSES.length);
    for (const { label, why, source } of PASSES) {
      expect(label).toMatch(/^[A-Z].*[^.]$/);
      expect(why).toMatch(/^[A-Z].*\.$/);
      expect(source).not.toBe('');
    }
  });

  it('the one pass of the RFC is there, but not offered', () => {
    expect(passById('dead_code_rfc')?.id).toBe('dead_code_rfc');
    expect(PASSES.map(({ id }) => id)).not.toContain('dead_code_rfc');
  });
});

/** One list of edits from beginning to end. */
import type { Result } from '../base/result.ts';
import type { Program } from '../program/program.ts';
import type { Algorithm, Layer, OpenOptions, PatchError, Patched } from './algorithm.ts';
import type { EditList } from './ops.ts';

export function applyEdits(
  algorithm: Algorithm,
  program: Program,
  edits: EditList,
  layer: Layer,
  options: Omit<OpenOptions, 'layer'> = {},
): Result<Patched, PatchError> {
  const patching = algorithm.open(program, { ...options, layer });
  const applied = patching.apply(edits);
  return applied.ok ? patching.finish() : applied;
}

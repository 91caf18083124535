/** What the room shows to the rooms above it. */
export { type Geometry, geometryFor } from './geometry.ts';
export { type Attr, type Mark, type Moves, type Span, spanAttrs, toSvg } from './mark.ts';
export { grouped, plural, signed } from './number.ts';
export { opLine, phaseOf, subjectOf } from './op-words.ts';
export { FIRST_PICTURE, loadPicture, PICTURES, pictureKey, swappedOf } from './pictures/index.ts';
export type { Picture } from './pictures/picture.ts';
export { type StageColumns, stageColumns } from './stage.ts';
export { type HalfDone, rowBeside, rowY, type StageInput, stageInput, stageSource } from './stage-input.ts';
export {
  halfDoneAt,
  lineCntOf,
  nextExecutions,
  type Place,
  type Step,
  type StepContext,
  stepAt,
  stepWithin,
} from './step.ts';

/** What the room shows to the rooms above it. */
export { type Geometry, geometryFor } from './geometry.ts';
export { type Mark, type Span, spanAttrs, toSvg } from './mark.ts';
export { grouped, plural, signed } from './number.ts';
export { opLine, phaseOf, subjectOf } from './op-words.ts';
export { type StageColumns, stageColumns } from './stage.ts';
export { type HalfDone, isNumbered, rowBeside, rowY, type StageInput, stageInput } from './stage-input.ts';
export { type Step, type StepContext, stepAt, stepWithin } from './step.ts';
export { type TimelineFigure, timelineFigure } from './timeline.ts';

/** What the room shows to the rooms above it. */
export { type Geometry, geometryFor } from './geometry.ts';
export { insnText } from './insn-text.ts';
export { type Mark, type Span, spanAttrs, toSvg } from './mark.ts';
export { grouped, MINUS, plural, signed } from './number.ts';
export { type StageColumns, stageColumns } from './stage.ts';
export { type HalfDone, newNumberOf, type Row, rowsOnGrid, rowY, type StageInput } from './stage-input.ts';
export { type Step, type StepContext, stepAt, stepWithin, subjectOf } from './step.ts';
export { type TimelineFigure, timelineFigure } from './timeline.ts';

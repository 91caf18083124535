import { Fragment } from 'react';
import { grouped, plural, signed } from '../../figures/index.ts';
import type { StepSummary } from '../../pipeline/index.ts';
import { chooseStep } from '../../store/intents.ts';
import { pipelineSteps } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';

/** The passes that run one after the other; the one shown is pressed, and each says what it did to the length. */
export function PipelineBar() {
  const steps = useStore(pipelineSteps);
  const shown = useStore((s) => s.good?.step ?? 0);
  const sourceCnt = useStore((s) => s.good?.source.origIdx.length ?? 0);
  if (steps === null) return null;
  return (
    <nav className="pipeline" aria-label="Passes">
      {steps.map((step, k) => (
        <Fragment key={k}>
          {k > 0 && <span aria-hidden="true">{'\u2192'}</span>}
          <button
            type="button"
            aria-pressed={k === shown}
            disabled={step.editCnt === null && k !== shown}
            title={titleOf(step)}
            onClick={() => chooseStep(k)}
          >
            {step.label} <span className="dim">{growthOf(step, steps[k - 1]?.slotCnt ?? sourceCnt)}</span>
          </button>
        </Fragment>
      ))}
    </nav>
  );
}

function growthOf({ slotCnt, editCnt }: StepSummary, before: number): string {
  if (slotCnt === null || editCnt === null) return 'refused';
  if (editCnt === 0) return 'nothing to do';
  return slotCnt === before ? '\u00b1 0' : signed(slotCnt - before);
}

const titleOf = ({ editCnt, slotCnt }: StepSummary): string =>
  editCnt === null || slotCnt === null
    ? 'this pass, or one before it, was refused'
    : `${plural(editCnt, 'patch', 'patches')}, then ${grouped(slotCnt)} slots`;

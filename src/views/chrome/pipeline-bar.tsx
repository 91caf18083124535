import { Fragment, useEffect, useRef } from 'react';
import { grouped, plural, signed } from '../../figures/index.ts';
import type { StepSummary } from '../../pipeline/index.ts';
import { chooseStep } from '../../store/intents.ts';
import { pipelineSteps } from '../../store/pass-list.ts';
import { useStore } from '../../store/store.ts';

/**
 * The passes that run one after the other; the one shown is pressed, and each says what it did to the length. Between
 * passes that could share one list the arrow is dashed; the title says why, or why not.
 */
export function PipelineBar() {
  const steps = useStore(pipelineSteps);
  const shown = useStore((s) => s.good?.step ?? 0);
  const sourceCnt = useStore((s) => s.good?.source.origIdx.length ?? 0);
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const pressed = bar.current?.querySelectorAll('button')[shown];
    pressed?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown, steps]);
  if (steps === null) return null;
  return (
    <nav ref={bar} className="pipeline" aria-label="Passes">
      {steps.map((step, k) => (
        <Fragment key={k}>
          {k > 0 && (
            <span aria-hidden="true" title={step.sharing?.why}>
              {step.sharing?.allowed ? '\u21e2' : '\u2192'}
            </span>
          )}
          <button
            type="button"
            aria-pressed={k === shown}
            className={step.editCnt === 0 ? 'dim' : undefined}
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
  if (editCnt === 0) return '\u2013';
  return slotCnt === before ? '\u00b1 0' : signed(slotCnt - before);
}

const titleOf = ({ sharing, ...step }: StepSummary): string =>
  sharing === null ? workOf(step) : `${workOf(step)}. ${sharing.why}`;

const workOf = ({ editCnt, slotCnt }: Pick<StepSummary, 'editCnt' | 'slotCnt'>): string =>
  editCnt === null || slotCnt === null
    ? 'this pass, or one before it, was refused'
    : editCnt === 0
      ? 'nothing to do'
      : `${plural(editCnt, 'patch', 'patches')}, then ${grouped(slotCnt)} slots`;

import { useMemo } from 'react';
import { gotolFix } from '../../asm/gotol-fix.ts';
import { brokenJump, type DistanceFacts, distanceFacts } from '../../figures/distance-facts.ts';
import { limitWords } from '../../figures/gauge.ts';
import { grouped, plural } from '../../figures/index.ts';
import { focus, setText } from '../../store/intents.ts';
import { sourceSlot } from '../../store/source-slot.ts';
import { type State, useStore } from '../../store/store.ts';
import { Gauge } from './gauge.tsx';
import './broken.css';

type Run = NonNullable<State['good']>;

/** What a run that was refused with -ERANGE broke on, when the limit is met, and how it can be mended. */
export function Broken() {
  const good = useStore((s) => s.good);
  const j = good ? brokenJump(good.trace) : -1;
  const facts = useMemo(() => (good && j >= 0 ? distanceFacts(good.trace, j) : null), [good, j]);
  if (!good || !facts) return null;
  return (
    <div className="broken">
      <KernelWords run={good} facts={facts} />
      <section className="sec" aria-label="Distance">
        <div className="sec-label">
          <span>Distance of the {nameOf(good, j)}</span>
          <span>{facts.bits} bits</span>
        </div>
        <Gauge facts={facts} />
      </section>
      <section className="sec" aria-label="When the limit is met">
        <div className="sec-label">
          <span>When the limit is met</span>
        </div>
        {limitWords(facts).map((words) => (
          <p key={words} className="fact">
            {words}
          </p>
        ))}
      </section>
      <Fix run={good} uid={facts.uid} />
      <OtherWays facts={facts} />
    </div>
  );
}

function nameOf({ trace }: Run, j: number): string {
  const { jumps, origIdx, edit, editAt } = trace;
  const node = jumps.node[j];
  return origIdx[node] >= 0
    ? `jump at insn ${grouped(origIdx[node])}`
    : `jump in the patch of insn ${grouped(editAt[edit[node]])}`;
}

/** The kernel looks after each patch, and names the insn that it was patching when it noticed. */
function KernelWords({ run, facts }: { run: Run; facts: DistanceFacts }) {
  // Blinding runs behind the verifier, where nobody has a log to write to.
  const isSilent = run.pass === 'blind' || run.layer === 'core';
  return (
    <section className="sec" aria-label="What the kernel says">
      <div className="sec-label">
        <span>What the kernel says</span>
        <span>Linux 6.18</span>
      </div>
      {isSilent ? (
        <p className="why">
          Nothing: the rewrite fails with -ERANGE, the JIT gives up on the program, and it is interpreted, or
          refused where there is only the JIT.
        </p>
      ) : (
        facts.breaks && (
          <>
            <p className="log">insn {facts.breaks.slot} cannot be patched due to 16-bit range</p>
            <p className="why">
              It names the insn that was being patched, not the jump. The cause is -ERANGE; what the system
              call returns is -ENOMEM.
            </p>
          </>
        )
      )}
    </section>
  );
}

/** The compiler can do it by itself; the jump in the text can be mended by hand. */
function Fix({ run, uid }: { run: Run; uid: number }) {
  const text = useStore((s) => s.text);
  const stale = useStore((s) => s.stale);
  const fix = useMemo(() => {
    if (stale) return null;
    const at = run.before.uid.indexOf(uid);
    const slot = at < 0 ? -1 : sourceSlot(run, at);
    // Passes before this one may have put the jump there: then it is not the person's to mend.
    return slot >= 0 && run.source.uid[slot] === uid ? gotolFix(text, run.assembly, slot) : null;
  }, [run, uid, text, stale]);
  return (
    <section className="sec" aria-label="Smallest fix">
      <div className="sec-label">
        <span>Smallest fix</span>
        <span>needs cpu v4, Linux 6.6</span>
      </div>
      <p className="fact">
        Compile with <code>clang -mcpu=v4</code>: it writes <code>gotol</code> by itself where a jump is long.
      </p>
      {fix && (
        <>
          <p className="why">Or by hand, in this text:</p>
          <ol className="diff" aria-label="The jump, mended">
            <li className="del">{fix.before}</li>
            {fix.after.map((line) => (
              <li key={line} className="ins">
                {line}
              </li>
            ))}
          </ol>
          <p className="why">gotol has 32 bits for its distance.</p>
        </>
      )}
      <div className="acts">
        {fix && (
          <button type="button" className="btn solid" onClick={() => setText(fix.text)}>
            Try this fix
          </button>
        )}
        <button type="button" className="btn line" onClick={() => focus(uid)}>
          Go to the jump
        </button>
      </div>
    </section>
  );
}

function OtherWays({ facts }: { facts: DistanceFacts }) {
  const { fits, patchCnt } = facts;
  if (!fits) return null;
  const fewer = patchCnt - fits.nth;
  return (
    <section className="sec" aria-label="Other ways">
      <div className="sec-label">
        <span>Other ways</span>
      </div>
      <p className="fact">
        {grouped(fewer)} of the {plural(patchCnt, 'patch', 'patches')} fewer under the jump
      </p>
      <p className="fact">Move its target in front of the long block, or the block into a function.</p>
    </section>
  );
}

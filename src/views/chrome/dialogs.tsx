import { type ReactNode, useEffect, useRef, useState } from 'react';
import { grouped } from '../../figures/index.ts';
import { LINK_MAX, linkNow } from '../../store/address.ts';
import { showDialog } from '../../store/intents.ts';
import { useStore } from '../../store/store.ts';
import { CheckIcon, CrossIcon } from './icons.tsx';

export function Dialogs() {
  const dialog = useStore((s) => s.dialog);
  if (dialog === 'share') return <ShareDialog />;
  if (dialog === 'help') return <HelpDialog />;
  return null;
}

function Dialog({ name, children }: { name: string; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={ref}
      aria-label={name}
      onClose={() => showDialog(null)}
      onClick={(e) => {
        if (e.target === e.currentTarget) e.currentTarget.close();
      }}
    >
      <div className="dialog-head">
        <h2>{name}</h2>
        <button type="button" className="btn icon" aria-label="Close" onClick={() => ref.current?.close()}>
          <CrossIcon />
        </button>
      </div>
      {children}
    </dialog>
  );
}

/** What links of a length still pass through. */
const LIMITS = [
  { name: 'Discord', max: 2_000 },
  { name: 'mail', max: 998 },
  { name: 'any server', max: 8_000 },
] as const;

function ShareDialog() {
  const [link, setLink] = useState('');
  const [copied, setCopied] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    let current = true;
    void linkNow().then((text) => {
      if (current) setLink(text);
    });
    return () => {
      current = false;
    };
  }, []);
  const tooLong = link.length > LINK_MAX;
  const copy = async () => {
    input.current?.select();
    await navigator.clipboard.writeText(link).catch(() => document.execCommand('copy'));
    setCopied(true);
  };
  return (
    <Dialog name="Share">
      <p className="dim">The whole scene is in the link. It is never sent to a server.</p>
      <div className="link-row">
        <input
          ref={input}
          aria-label="Link"
          readOnly
          value={tooLong ? '' : link}
          onFocus={(e) => e.target.select()}
        />
        <button type="button" className="btn solid" onClick={copy} disabled={link === '' || tooLong}>
          {copied ? 'Copied' : 'Copy link'}
        </button>
      </div>
      <p>
        <b>{grouped(link.length)} characters</b>{' '}
        {LIMITS.map(({ name, max }) => (
          <span key={name} className={link.length <= max ? 'ins' : 'dim'} style={{ marginLeft: 12 }}>
            {link.length <= max ? <CheckIcon /> : <CrossIcon />} {name}
          </span>
        ))}
      </p>
      <Meter size={link.length} />
      {tooLong && (
        <p role="alert" className="err">
          {grouped(link.length)} characters are more than a link should have (limit {grouped(LINK_MAX)}).
          Shorten the program to the part that matters.
        </p>
      )}
      <dl className="facts">
        <dt>Inside</dt>
        <dd>program, patch points, pass, algorithm, random seed, op, selected insn, table</dd>
        <dt>Not inside</dt>
        <dd>caret, scroll position, history</dd>
      </dl>
    </Dialog>
  );
}

/** Logarithmic, from 100 characters to where a link is refused. */
const share = (size: number): number =>
  (100 * Math.log(Math.max(100, Math.min(LINK_MAX, size)) / 100)) / Math.log(LINK_MAX / 100);

const Meter = ({ size }: { size: number }) => (
  <div
    className="meter"
    role="img"
    aria-label={`${size} of at most ${LINK_MAX} characters, logarithmic scale`}
  >
    {[1_000, 2_000, 8_000, LINK_MAX].map((max) => (
      <span key={max} className="tick" style={{ left: `${Math.min(96, share(max))}%` }}>
        {grouped(max)}
      </span>
    ))}
    <div className="rail">
      <div className="filled" style={{ width: `${share(size)}%` }} />
    </div>
  </div>
);

const KEYS: readonly (readonly [string, string])[] = [
  ['Space', 'play or pause'],
  ['\u2190 \u2192', 'previous or next op'],
  ['Shift+\u2190 \u2192', 'one line of the algorithm'],
  ['[ ]', 'previous or next phase'],
  ['Shift+Home End', 'first or last op'],
  ['j k \u2193 \u2191', 'next or previous row'],
  ['e, Esc', 'into the editor, out of it'],
  ['x', 'list or array'],
  ['Ctrl+S', 'share a link'],
  ['?', 'this sheet'],
];

function HelpDialog() {
  return (
    <Dialog name="Help">
      <p style={{ marginTop: 8 }}>
        Before a BPF program runs, Linux rewrites it: one insn becomes several, some are deleted. Everything
        that counts insns (jumps, calls, line info, subprogram starts, aux records) must follow. Here you see
        each step of it: <b>Before</b> is the program you typed, <b>List</b> what the algorithm holds,{' '}
        <b>After</b> what comes out if it finished now.
      </p>
      <dl className="keys">
        {KEYS.map(([key, what]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <span className="kbd">{key}</span>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <dl className="facts">
        <dt>Rules</dt>
        <dd>this engine: as Linux 6.18, but right where mainline and the 2019 RFC are known to be wrong</dd>
        <dt>Patches</dt>
        <dd>
          write them in the program, above an insn: <code className="mono">;@replace r0 = 1 | r0 += 2</code>,{' '}
          <code className="mono">;@prepend r6 = r1</code>, <code className="mono">;@remove</code>; then choose
          the pass "My patch points"
        </dd>
        <dt>Signs</dt>
        <dd>
          <b className="ins">+</b> inserted, <b className="rew">~</b> rewritten in place,{' '}
          <b className="ret">{'\u25c6'}</b> re-targeted, <b className="del">{'\u2212'}</b> deleted; dashed
          rails are conditional, thick ones lead back, dotted ones are calls
        </dd>
      </dl>
    </Dialog>
  );
}

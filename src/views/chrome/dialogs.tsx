import { useEffect, useRef, useState } from 'react';
import { grouped } from '../../figures/index.ts';
import { LINK_MAX, linkNow } from '../../store/address.ts';
import { SCENE_WORDS } from '../../store/scene-words.ts';
import { useStore } from '../../store/store.ts';
import { copyText } from '../copy.ts';
import { Dialog } from './dialog.tsx';
import { ExamplesDialog } from './examples-dialog.tsx';
import { HelpDialog } from './help.tsx';
import { CheckIcon, CrossIcon } from './icons.tsx';
import { Palette } from './palette.tsx';

export function Dialogs() {
  const dialog = useStore((s) => s.dialog);
  if (dialog === 'share') return <ShareDialog />;
  if (dialog === 'help') return <HelpDialog />;
  if (dialog === 'examples') return <ExamplesDialog />;
  if (dialog === 'commands') return <Palette />;
  return null;
}

/** What links of a length still pass through. */
const LIMITS = [
  { name: 'Discord', max: 2_000 },
  { name: 'mail', max: 998 },
  { name: 'any server', max: 8_000 },
] as const;

function ShareDialog() {
  const [link, setLink] = useState('');
  const [said, setSaid] = useState('');
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
    const isCopied = await copyText(link);
    input.current?.select();
    setSaid(isCopied ? 'Copied' : 'Not copied: press Ctrl+C');
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
          {said || 'Copy link'}
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
        <dd>{Object.values(SCENE_WORDS).join(', ')}</dd>
        <dt>Not inside</dt>
        <dd>caret, scroll position, zoom, search, speed, history</dd>
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

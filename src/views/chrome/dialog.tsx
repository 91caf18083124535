import { type ReactNode, useEffect, useRef } from 'react';
import { showDialog } from '../../store/intents.ts';
import { CrossIcon } from './icons.tsx';

interface Props {
  readonly name: string;
  /** As wide as the page allows. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A modal dialog with its name and a button that closes it; so do Escape and a click beside it. */
export function Dialog({ name, wide, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={ref}
      className={wide ? 'wide' : undefined}
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

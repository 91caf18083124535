/**
 * Where patch points are made: the popover at a line when somebody asked for it, and a line that says what came of it.
 * A chunk of its own, loaded when it is asked for first.
 */
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { assemble } from '../../asm/assemble.ts';
import { placeAt } from '../../asm/patch-points.ts';
import { patchFactAt } from '../../store/patch-marks.ts';
import { useStore } from '../../store/store.ts';
import type { EditorHandle, SignKind } from './editor-props.ts';
import './patch-popover.css';
import { PatchPopover } from './patch-popover.tsx';

export interface PatchRequest {
  /** Another number each time. */
  readonly id: number;
  readonly line: number;
  readonly kind: SignKind | null;
}

interface PatchDeskProps {
  readonly request: PatchRequest;
  readonly editor: RefObject<EditorHandle | null>;
}

export function PatchDesk({ request, editor }: PatchDeskProps) {
  const text = useStore((s) => s.text);
  const good = useStore((s) => s.good);
  const stale = useStore((s) => s.stale);
  const [done, setDone] = useState<PatchRequest | null>(null);
  const [said, setSaid] = useState({ text: '', words: '' });
  const isOpen = request !== done;
  // The text as it is now, which need not be that of the picture.
  const assembly = useMemo(() => (isOpen ? assemble(text).value : null), [text, isOpen]);
  const place = useMemo(() => assembly && placeAt(text, assembly, request.line), [text, assembly, request]);
  // The insn that the popover was opened for; with another one on the line it has nothing more to say.
  const opened = useRef<{ readonly id: number; readonly insn: string } | null>(null);
  useEffect(() => {
    if (!isOpen) return;
    const isNew = opened.current?.id !== request.id;
    if (isNew && place) opened.current = { id: request.id, insn: place.insn };
    if (place && opened.current?.insn === place.insn) return;
    setDone(request);
    if (isNew) setSaid({ text, words: `There is no insn to patch on line ${request.line}.` });
  }, [isOpen, place, request, text]);

  const close = (words: string): void => {
    setDone(request);
    setSaid({ text: useStore.getState().text, words });
    editor.current?.focus();
  };
  return (
    <>
      {assembly && place && (
        <PatchPopover
          key={request.id}
          {...{ text, place, labels: assembly.labels }}
          kind={request.kind === 'rewrite' ? 'replace' : request.kind}
          fact={good && !stale ? patchFactAt(good, place.slot) : null}
          box={() => editor.current?.lineBox(place.line) ?? null}
          onDone={close}
        />
      )}
      <p role="status" aria-label="Patch point" className="patch-said">
        {said.text === text ? said.words : ''}
      </p>
    </>
  );
}

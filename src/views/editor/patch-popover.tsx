/** One patch point of one insn: what kind, which insns, and what is wrong with them while they are typed. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Assembly } from '../../asm/assembly.ts';
import {
  type PatchKind,
  type PatchPlace,
  rivalsOf,
  withoutPatch,
  withPatch,
} from '../../asm/patch-points.ts';
import { readPatch } from '../../asm/read-patch.ts';
import { choosePane } from '../../store/intents.ts';
import type { PatchFact } from '../../store/patch-marks.ts';
import { putPatch, takePatch } from '../../store/patching.ts';
import { seek } from '../../store/time.ts';
import type { LineBox } from './editor-props.ts';
import { PatchProblems } from './patch-problems.tsx';
import { useBeside } from './use-beside.ts';

interface PatchPopoverProps {
  readonly text: string;
  readonly place: PatchPlace;
  readonly labels: Assembly['labels'];
  /** Of the sign that was clicked; null: what stands there, or a replace. */
  readonly kind: PatchKind | null;
  /** What the pass shown does to the insn. */
  readonly fact: PatchFact | null;
  box(): LineBox | null;
  /** What came of it, in a sentence or none. */
  onDone(words: string): void;
}

const KINDS: readonly { readonly kind: PatchKind; readonly sign: string; readonly name: string }[] = [
  { kind: 'replace', sign: '\u25b2', name: 'Replace' },
  { kind: 'prepend', sign: '\u25bd', name: 'Prepend' },
  { kind: 'remove', sign: '\u2212', name: 'Remove' },
];

const whatItDoes = (kind: PatchKind, slot: number): string =>
  kind === 'replace'
    ? `These insns take the place of insn ${slot}.`
    : kind === 'prepend'
      ? `These insns go before insn ${slot}; jumps to it skip them.`
      : `Insn ${slot} is removed, or so many slots from it on.`;

/** What is written above the insn of just this kind. */
const writtenBody = ({ directives }: PatchPlace, kind: PatchKind): string =>
  directives
    .filter((directive) => directive.kind === kind)
    .map(({ body }) => body)
    .join('\n');

/** What Tab goes through. */
const STOPS = 'button:not(:disabled), input:checked, input:not([type="radio"]), textarea';

export function PatchPopover(props: PatchPopoverProps) {
  const { text, place, labels, fact, box, onDone } = props;
  const { slot, line, insn, directives } = place;
  const popover = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [kind, setKind] = useState<PatchKind>(() => {
    const written = directives.map((directive) => directive.kind);
    return props.kind && written.includes(props.kind) ? props.kind : (written[0] ?? 'replace');
  });
  // What was typed goes along from one kind to another; what is written belongs to its kind.
  const [typed, setTyped] = useState<string | null>(null);
  const [cnt, setCnt] = useState(() => writtenBody(place, 'remove'));
  const body = kind === 'remove' ? cnt : (typed ?? writtenBody(place, kind));
  const reading = useMemo(() => readPatch(kind, body, labels), [kind, body, labels]);
  useBeside(popover, box);
  useEffect(() => {
    (field.current ?? popover.current?.querySelector<HTMLElement>('input:checked'))?.focus();
    field.current?.select();
  }, []);

  const isEmpty = kind !== 'remove' && body.trim() === '';
  const isWrong = reading.diagnostics.some(({ severity }) => severity === 'error');
  const rivals = rivalsOf(place, kind);
  const others = directives.filter((directive) => !rivals.includes(directive));

  const apply = (): void => {
    if (isEmpty || isWrong) return;
    const next = withPatch(text, place, kind, body);
    const verb = rivals.length > 0 ? 'changed' : 'added';
    onDone([`Patch point ${verb}: ${kind} insn ${slot}.`, putPatch(next.text, slot)].join(' ').trim());
  };
  const remove = (): void => {
    takePatch(withoutPatch(text, place, kind).text);
    onDone(`Patch point taken out: ${rivals[0].kind} insn ${slot}.`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDone('');
    } else if (event.key === 'Tab') {
      // The focus stays inside until it is decided: Escape must find it.
      const stops = popover.current?.querySelectorAll<HTMLElement>(STOPS) ?? [];
      const end = event.shiftKey ? 0 : stops.length - 1;
      if (document.activeElement !== stops[end]) return;
      event.preventDefault();
      stops[event.shiftKey ? stops.length - 1 : 0].focus();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      apply();
    }
  };

  return (
    <div
      ref={popover}
      className="patch-popover"
      popover="manual"
      role="dialog"
      aria-label={`Patch insn ${slot}`}
      onKeyDown={onKeyDown}
    >
      <p className="patch-head">
        <b>insn {slot}</b> <code>{insn}</code>
        <span className="dim">line {line}</span>
      </p>
      <Fact fact={fact} onGo={onDone} />
      <fieldset className="patch-kinds">
        <legend className="sr">Kind of patch</legend>
        {KINDS.map((choice) => (
          <label key={choice.kind} className={choice.kind}>
            <input
              type="radio"
              name="patch-kind"
              checked={kind === choice.kind}
              onChange={() => setKind(choice.kind)}
            />
            <b aria-hidden="true">{choice.sign}</b> {choice.name}
          </label>
        ))}
      </fieldset>
      <p className="dim">{whatItDoes(kind, slot)}</p>
      {kind === 'remove' ? (
        <label className="patch-slots">
          Slots from here on{' '}
          <input
            inputMode="numeric"
            value={cnt}
            placeholder="this insn"
            onChange={(e) => setCnt(e.target.value)}
          />
        </label>
      ) : (
        <textarea
          ref={field}
          aria-label="Insns of the patch"
          className="patch-insns"
          rows={Math.min(8, Math.max(3, body.split('\n').length))}
          placeholder={'r3 = 1\nr3 += 2'}
          value={body}
          onChange={(e) => setTyped(e.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
        />
      )}
      <PatchProblems
        body={body}
        reading={reading}
        kind={kind}
        onGo={(from, to) => {
          field.current?.focus();
          field.current?.setSelectionRange(from, to);
        }}
      />
      {others.length > 0 && (
        <p className="dim">
          Here too, and it stays: {others.map((other) => `${other.kind} ${other.body}`.trim()).join('; ')}
        </p>
      )}
      <div className="patch-buttons">
        <button type="button" className="btn solid" disabled={isEmpty || isWrong} onClick={apply}>
          Apply
        </button>
        <button type="button" className="btn line" onClick={() => onDone('')}>
          Cancel
        </button>
        <span className="space" />
        {rivals.length > 0 && (
          <button type="button" className="btn line" onClick={remove}>
            Remove patch
          </button>
        )}
      </div>
    </div>
  );
}

/** What the pass shown does to the insn, whether the text asks for it or not. */
function Fact({ fact, onGo }: { fact: PatchFact | null; onGo: (words: string) => void }) {
  if (!fact) return null;
  return (
    <p className="patch-fact">
      <span>
        {fact.by === null ? `Op ${fact.op}, ` : `${fact.by} patches it, op ${fact.op}, `}
        {fact.words}.
        {fact.by !== null && ' A patch point of yours runs first, and the pass sees what it leaves.'}
      </span>
      <button
        type="button"
        className="btn line"
        onClick={() => {
          seek(fact.op);
          // Where one pane is all there is, that of the picture.
          choosePane('stage');
          onGo('');
        }}
      >
        Go to its op
      </button>
    </p>
  );
}

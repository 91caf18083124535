import type { EditorProps } from './editor-props.ts';

interface PatchButtonProps {
  readonly canPatch: EditorProps['canPatch'] | undefined;
  readonly onPatch: EditorProps['onPatch'] | undefined;
  /** Line of the caret, 1-based. */
  readonly line: number;
}

/** For fingers: what the gutter is for a mouse. */
export function PatchButton({ line, canPatch, onPatch }: PatchButtonProps) {
  if (!canPatch?.(line)) return null;
  return (
    <button type="button" className="btn line patch-this" onClick={() => onPatch?.(line, null)}>
      <b aria-hidden="true">＋</b> Patch this insn
    </button>
  );
}

import { EDITS } from '../../store/pass-list.ts';
import { useStore } from '../../store/store.ts';
import { NARROW, useMedia } from '../use-media.ts';

/** Said where the patch points of the text are shown and there are none: what to do about it. */
export function NoPatches() {
  const isNone = useStore(
    ({ good, stale }) => good !== null && !stale && good.pass === EDITS && good.edits.cnt === 0,
  );
  const narrow = useMedia(NARROW);
  if (!isNone) return null;
  return (
    <p className="no-patches dim" role="note">
      0 patches: nothing to do.{' '}
      {narrow ? (
        <>
          <b>Patch this insn</b> below the program adds one.
        </>
      ) : (
        <>
          <b>＋</b> in the gutter adds one.
        </>
      )}
    </p>
  );
}

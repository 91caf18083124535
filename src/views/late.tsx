/** Components that are not needed for the first picture. */
import {
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useLayoutEffect,
  useState,
} from 'react';
import { sayPending } from '../store/effects.ts';
import { NOT_LOADED, say } from '../store/visit.ts';

interface LateOptions {
  /** What stands in its place until it is there. */
  readonly placeholder?: ReactNode;
  /** What stands there if it cannot be loaded; left out, the words that say so. */
  readonly instead?: ComponentType;
}

/**
 * A component that is loaded when it is first shown. The page counts as busy (`part`) until it is there. One that cannot
 * be loaded leaves the rest of the page alone, and is asked for again when it is shown again.
 */
export function late<P extends object = object>(
  part: string,
  load: () => Promise<ComponentType<P>>,
  { placeholder = null, instead = NotLoaded }: LateOptions = {},
): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  const ask = (): ComponentType<P> =>
    lazy(async () => {
      const Content = await load().catch((): ComponentType => {
        known = null;
        return instead;
      });
      return {
        default: (props: P) => {
          useEffect(() => sayPending(part, false), []);
          return <Content {...props} />;
        },
      };
    });
  return function Late(props: P) {
    const [Loaded] = useState(() => {
      known ??= ask();
      return known;
    });
    // Before the effect of what is loaded, which may be there at once.
    useLayoutEffect(() => {
      sayPending(part, true);
      return () => sayPending(part, false);
    }, []);
    return (
      <Suspense fallback={placeholder}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

const NotLoaded = () => (
  <p className="table-note" role="alert">
    {NOT_LOADED}
  </p>
);

/** For what has no place for words: they are said where others are. */
export function SaidElsewhere() {
  useEffect(() => say(NOT_LOADED), []);
  return null;
}

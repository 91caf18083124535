/** Components that are not needed for the first picture. */
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useLayoutEffect } from 'react';
import { sayPending } from '../store/effects.ts';

/**
 * A component that is loaded when it is first shown, with `placeholder` in its place until then. The page counts as busy
 * (`part`) until it is there. One that cannot be loaded leaves the rest of the page alone.
 */
export function late(
  part: string,
  load: () => Promise<ComponentType>,
  placeholder: ReactNode = null,
): ComponentType {
  const Loaded = lazy(async () => {
    const Content = await load().catch(() => NotLoaded);
    return {
      default: () => {
        useEffect(() => sayPending(part, false), []);
        return <Content />;
      },
    };
  });
  return function Late() {
    // Before the effect of what is loaded, which may be there at once.
    useLayoutEffect(() => {
      sayPending(part, true);
      return () => sayPending(part, false);
    }, []);
    return (
      <Suspense fallback={placeholder}>
        <Loaded />
      </Suspense>
    );
  };
}

const NotLoaded = () => (
  <p className="table-note" role="alert">
    A part of the page could not be loaded. Reload the page to try again.
  </p>
);

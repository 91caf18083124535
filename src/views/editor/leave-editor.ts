/** Moves the focus to the first stop of the page behind an element, round to the top when there is none. */
const STOPS =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0;

export function focusBehind(from: HTMLElement): void {
  const stops = [...document.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) => stop.tabIndex >= 0 && !from.contains(stop) && isShown(stop),
  );
  const behind = stops.find(
    (stop) => (from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  const stop = behind ?? stops[0];
  if (stop) stop.focus();
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

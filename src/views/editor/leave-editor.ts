/** What can have the focus. */
const STOPS =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0;

/**
 * Moves the focus behind an element: to the first column of insns, where the page's keys work (in a chooser they are
 * letters), or else to the first stop, round to the top when there is none.
 */
export function focusBehind(from: HTMLElement): void {
  const stops = [...document.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) => stop.tabIndex >= 0 && !from.contains(stop) && isShown(stop),
  );
  const behind = stops.filter(
    (stop) => (from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  const stop = behind.find((one) => one.matches('[role="grid"]')) ?? behind[0] ?? stops[0];
  if (stop) stop.focus();
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** "\u00bc\u00d7", "2\u00d7", "max": a speed of the run's clock or of the race's. */
export function speedWords(speed: number): string {
  if (!Number.isFinite(speed)) return 'max';
  return `${{ 0.25: '\u00bc', 0.5: '\u00bd' }[speed] ?? speed}\u00d7`;
}

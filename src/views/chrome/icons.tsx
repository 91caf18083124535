/** The few icons of the first picture, drawn with the text's colour; those of time and order are in time-icons.tsx. */
export const box = { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': true } as const;
export const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

export const Logo = () => (
  <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
    <rect x="2" y="2" width="9" height="4.5" rx="1" fill="none" stroke="currentColor" strokeWidth="1.5" />
    <rect x="2" y="13.5" width="9" height="4.5" rx="1" fill="none" stroke="currentColor" strokeWidth="1.5" />
    <rect x="8" y="7.5" width="11" height="5" rx="2.5" fill="var(--ins)" />
    <path d="M5 6.5v7" stroke="currentColor" strokeWidth="1.5" />
  </svg>
);
export const CheckIcon = () => (
  <svg {...box}>
    <path {...line} strokeWidth={2} d="m3 8.5 3.5 3.5L13 4.5" />
  </svg>
);
export const CrossIcon = () => (
  <svg {...box}>
    <path {...line} strokeWidth={2} d="m4 4 8 8M12 4l-8 8" />
  </svg>
);
export const ThemeIcon = () => (
  <svg {...box}>
    <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
    <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
  </svg>
);
export const PassesIcon = () => (
  <svg {...box}>
    <path {...line} d="M2.5 4h7M2.5 8h5M2.5 12h4M12 8v6M9 11h6" />
  </svg>
);

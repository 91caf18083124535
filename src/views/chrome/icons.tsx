/** The few icons of the page, drawn with the text's colour. */
const box = { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': true } as const;
const line = {
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
export const FirstIcon = () => (
  <svg {...box}>
    <path {...line} d="M3.5 3v10M12.5 3 6.5 8l6 5" />
  </svg>
);
export const PrevIcon = () => (
  <svg {...box}>
    <path {...line} d="m10.5 3-5 5 5 5" />
  </svg>
);
export const NextIcon = () => (
  <svg {...box}>
    <path {...line} d="m5.5 3 5 5-5 5" />
  </svg>
);
export const LastIcon = () => (
  <svg {...box}>
    <path {...line} d="M12.5 3v10M3.5 3l6 5-6 5" />
  </svg>
);
export const PlayIcon = () => (
  <svg {...box}>
    <path d="M4.5 2.5v11l9-5.5z" fill="currentColor" />
  </svg>
);
export const PauseIcon = () => (
  <svg {...box}>
    <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" />
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
export const MicroPrevIcon = () => (
  <svg {...box}>
    <path {...line} d="m7.5 5-3 3 3 3" />
    <circle cx="11" cy="8" r="1.25" fill="currentColor" />
  </svg>
);
export const MicroNextIcon = () => (
  <svg {...box}>
    <path {...line} d="m8.5 5 3 3-3 3" />
    <circle cx="5" cy="8" r="1.25" fill="currentColor" />
  </svg>
);
export const UpIcon = () => (
  <svg {...box}>
    <path {...line} d="m3.5 9.5 4.5-4.5 4.5 4.5" />
  </svg>
);
export const DownIcon = () => (
  <svg {...box}>
    <path {...line} d="m3.5 6.5 4.5 4.5 4.5-4.5" />
  </svg>
);
/** A list, and one more for it. */
export const PassesIcon = () => (
  <svg {...box}>
    <path {...line} d="M2.5 4h7M2.5 8h5M2.5 12h4M12 8v6M9 11h6" />
  </svg>
);

/** Icons of what moves on and back, up and down. */
import { box, line } from './icons.tsx';

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

/** Error numbers by name: linux/include/uapi/asm-generic/errno.h and errno-base.h, ENOTSUPP linux/include/linux/errno.h. */
export const ERRNO = {
  ENOENT: 2,
  E2BIG: 7,
  EINVAL: 22,
  EOPNOTSUPP: 95,
  ENOTSUPP: 524,
} as const;

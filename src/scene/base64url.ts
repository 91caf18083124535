/** base64url without padding (RFC 4648 section 5), reading as far as the text is sound. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const digitOf = new Int8Array(128).fill(-1);
for (let i = 0; i < LETTERS.length; i++) digitOf[LETTERS.charCodeAt(i)] = i;

export function toBase64url(bytes: Uint8Array): string {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const b1 = bytes[i + 1] ?? 0;
    const b2 = bytes[i + 2] ?? 0;
    part += LETTERS[bytes[i] >> 2] + LETTERS[((bytes[i] & 3) << 4) | (b1 >> 4)];
    if (i + 1 < bytes.length) part += LETTERS[((b1 & 15) << 2) | (b2 >> 6)];
    if (i + 2 < bytes.length) part += LETTERS[b2 & 63];
    if (part.length > 0x4000) {
      parts.push(part);
      part = '';
    }
  }
  return parts.join('') + part;
}

/** `sound` is false when a letter that does not belong cut the text short. */
export function fromBase64url(text: string): { bytes: Uint8Array; sound: boolean } {
  let end = 0;
  while (end < text.length && (digitOf[text.charCodeAt(end)] ?? -1) >= 0) end++;
  const bytes = new Uint8Array((end * 6) >> 3);
  let bits = 0;
  let bitCnt = 0;
  let size = 0;
  for (let i = 0; i < end; i++) {
    bits = ((bits << 6) | digitOf[text.charCodeAt(i)]) & 0xffff;
    bitCnt += 6;
    if (bitCnt < 8) continue;
    bitCnt -= 8;
    bytes[size++] = (bits >> bitCnt) & 0xff;
  }
  return { bytes, sound: end === text.length };
}

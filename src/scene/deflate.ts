/** Raw deflate, writing: the platform's stream where there is one, else blocks that are stored as they are. */

const STORED_MAX = 0xffff;

/** Valid raw deflate that compresses nothing: final:1, kind 0, size, ~size, bytes. */
export function storedDeflate(bytes: Uint8Array): Uint8Array {
  const blockCnt = Math.max(1, Math.ceil(bytes.length / STORED_MAX));
  const out = new Uint8Array(bytes.length + 5 * blockCnt);
  let at = 0;
  for (let block = 0; block < blockCnt; block++) {
    const part = bytes.subarray(block * STORED_MAX, (block + 1) * STORED_MAX);
    out[at] = block === blockCnt - 1 ? 1 : 0;
    out[at + 1] = part.length & 0xff;
    out[at + 2] = part.length >> 8;
    out[at + 3] = ~part.length & 0xff;
    out[at + 4] = (~part.length >> 8) & 0xff;
    out.set(part, at + 5);
    at += 5 + part.length;
  }
  return out;
}

/** null where the platform has no such stream; older ones know the class but not the raw form. */
function platformStream(): CompressionStream | null {
  try {
    return new CompressionStream('deflate-raw');
  } catch {
    return null;
  }
}

export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = platformStream();
  if (!stream) return storedDeflate(bytes);
  const body = new Response(bytes as Uint8Array<ArrayBuffer>).body!.pipeThrough(stream);
  return new Uint8Array(await new Response(body).arrayBuffer());
}

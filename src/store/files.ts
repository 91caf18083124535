/** Files that a person brings. */
import { open } from './intents.ts';
import { set } from './store.ts';

const FILE_SIZE_MAX = 64 * 1024 * 1024;

/** Text of a file into the editor; too large a file is refused with its size and the limit. */
export async function importFile(file: File): Promise<void> {
  const refuse = (why: string) => set({ notices: [`${file.name} ${why}`] });
  if (file.size > FILE_SIZE_MAX) {
    const [size, limit] = [file.size, FILE_SIZE_MAX].map((n) => n.toLocaleString('en'));
    return refuse(`has ${size} bytes; the limit is ${limit}.`);
  }
  const text = await file.text();
  if (text.includes('\0'))
    return refuse('is not text. Open a bpftool dump or assembly; object files cannot be read yet.');
  const { askFirst, linesOf, SLOTS_MAX } = await import('./memory.ts');
  const slots = linesOf(text);
  // A text has lines that are no insns, too: twice as many are surely more than a kernel takes.
  if (slots > 2 * SLOTS_MAX) {
    const [cnt, limit] = [slots, SLOTS_MAX].map((n) => n.toLocaleString('en'));
    return refuse(`has ${cnt} lines; a program has ${limit} insns at most.`);
  }
  askFirst(
    { slots, chars: text.length },
    () => open({ text }),
    () => {},
  );
}

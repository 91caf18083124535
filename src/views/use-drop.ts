import { useEffect, useState } from 'react';
import { importFile } from '../store/files.ts';

/** A file dropped anywhere on the page is opened; answers whether one is being dragged over it. */
export function useDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hasFile = (e: DragEvent) => e.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (e: DragEvent) => {
      if (!hasFile(e)) return;
      // Without it the browser would open the file in place of the page.
      e.preventDefault();
      setOver(true);
    };
    const onLeave = (e: DragEvent) => {
      if (e.relatedTarget === null) setOver(false);
    };
    const onDrop = (e: DragEvent) => {
      if (!hasFile(e)) return;
      e.preventDefault();
      setOver(false);
      const [file] = e.dataTransfer?.files ?? [];
      if (file) void importFile(file);
    };
    // The editor would take the file for itself.
    window.addEventListener('dragover', onOver, true);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop, true);
    return () => {
      window.removeEventListener('dragover', onOver, true);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop, true);
    };
  }, []);
  return over;
}

/** What commands ask of the page itself: things that no state says, or that only a browser can do. */
import type { Page } from '../store/commands.ts';
import { importFile } from '../store/files.ts';
import { cycleTheme } from '../store/intents.ts';
import { get } from '../store/store.ts';
import { NOT_LOADED, say } from '../store/visit.ts';
import { focusEditor } from './chrome/editor-pane.tsx';
import { copyText } from './copy.ts';
import { moveSelection } from './stage/select-rows.ts';

const sayNotLoaded = (): void => say(NOT_LOADED);

export const page: Page = {
  focusEditor,
  moveSelection: (by) => {
    const { layout, fromOp } = get();
    // The rows of a comparison are others: strips of hidden ones are passed over.
    if (layout === 'debug' || (layout === 'learn' && fromOp !== null))
      void import('../store/comparison.ts').then(({ moveRow }) => moveRow(by)).catch(sayNotLoaded);
    else moveSelection(by);
  },
  switchTheme: () => {
    const { theme } = get();
    const system = matchMedia('(prefers-color-scheme: dark)').matches;
    cycleTheme(theme === 'system' ? system : theme === 'dark');
  },
  importFile: chooseFile,
  openPasses: () => document.getElementById('passes')?.showPopover?.(),
  copy: (text) => void copy(text),
  exportSvg: () =>
    void import('./stage/export-svg.ts').then(({ saveStage }) => saveStage()).catch(sayNotLoaded),
};

/** The browser's own dialog; it opens only while it handles what a person did. */
function chooseFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void importFile(file);
  });
  input.click();
}

async function copy(text: string): Promise<void> {
  const isCopied = await copyText(text);
  say(isCopied ? `Copied: ${text}` : `The browser does not let the page copy: ${text}`);
}

import { chooseLayout, choosePane } from '../../store/intents.ts';
import { LAYOUT_WORDS } from '../../store/layout-words.ts';
import { type LayoutId, type PaneId, useStore } from '../../store/store.ts';

/** Panes of a page that shows one at a time; race and chart are layouts that fill the stage's. */
const PANES: readonly { readonly name: string; readonly pane: PaneId; readonly layout?: LayoutId }[] = [
  { name: 'Code', pane: 'code' },
  { name: 'Stage', pane: 'stage' },
  { name: 'Tables', pane: 'tables' },
  { name: LAYOUT_WORDS.race.name, pane: 'stage', layout: 'race' },
  { name: LAYOUT_WORDS.chart.name, pane: 'stage', layout: 'chart' },
];

/** Whether a layout is a page of its own, without editor, stage and tables. */
const isWhole = (layout: LayoutId): boolean => layout === 'race' || layout === 'chart';

export function TabBar() {
  const pane = useStore((s) => s.pane);
  const layout = useStore((s) => s.layout);
  const shown = isWhole(layout) ? layout : undefined;
  return (
    <nav className="tabbar" aria-label="Panes">
      {PANES.map((tab) => (
        <button
          key={tab.name}
          type="button"
          aria-pressed={tab.layout === shown && (shown !== undefined || tab.pane === pane)}
          onClick={() => {
            if (tab.layout !== undefined) return chooseLayout(tab.layout);
            if (shown !== undefined || (layout === 'debug' && tab.pane !== 'stage')) chooseLayout('learn');
            choosePane(tab.pane);
          }}
        >
          {tab.name}
        </button>
      ))}
    </nav>
  );
}

import { useRef } from 'react';
import { groupsOf } from '../../examples/index.ts';
import { importFile } from '../../store/files.ts';
import { chooseLayout, cycleTheme, openExample, showDialog, showDrawer } from '../../store/intents.ts';
import { LAYOUT_WORDS } from '../../store/layout-words.ts';
import { agreementWords, exampleNow } from '../../store/selectors.ts';
import { LAYOUTS, useStore } from '../../store/store.ts';
import { SHORT_BAR, useIsDark, useMedia } from '../use-media.ts';
import { CheckIcon, CrossIcon, Logo, ThemeIcon } from './icons.tsx';
import { PassChooser } from './pass-chooser.tsx';

export function TopBar() {
  return (
    <header className="bar">
      <h1>
        <Logo />
        <span>BPF Patch Explorer</span>
      </h1>
      <LayoutChooser />
      <ExampleChooser />
      <PassChooser />
      <ImportButton />
      <div className="space" />
      <AgreementStatus />
      <DrawerButton />
      <button type="button" className="btn line" onClick={() => showDialog('share')}>
        Share
      </button>
      <button type="button" className="btn icon" aria-label="Help" onClick={() => showDialog('help')}>
        ?
      </button>
      <ThemeButton />
    </header>
  );
}

function DrawerButton() {
  const drawer = useStore((s) => s.drawer);
  return (
    <button
      type="button"
      className="btn line drawer-button"
      aria-expanded={drawer}
      onClick={() => showDrawer(!drawer)}
    >
      Tables
    </button>
  );
}

function LayoutChooser() {
  const layout = useStore((s) => s.layout);
  return (
    <fieldset className="segments">
      <legend className="sr">Layout</legend>
      {LAYOUTS.map((id, k) => {
        const { name, what } = LAYOUT_WORDS[id];
        return (
          <button
            key={id}
            type="button"
            aria-pressed={id === layout}
            title={`${what} (${k + 1})`}
            onClick={() => chooseLayout(id)}
          >
            {name}
          </button>
        );
      })}
    </fieldset>
  );
}

function ExampleChooser() {
  const examples = useStore((s) => s.examples);
  const current = useStore(exampleNow)?.id ?? '';
  return (
    <label className="field">
      <span>Example</span>
      <select
        aria-label="Example"
        value={current}
        onChange={(e) => {
          const example = examples.find(({ id }) => id === e.target.value);
          if (example) openExample(example);
        }}
      >
        {current === '' && <option value="">your program</option>}
        {examples.filter(({ group }) => group === undefined).map(optionOf)}
        {groupsOf(examples).map((name) => (
          <optgroup key={name} label={name}>
            {examples.filter(({ group }) => group === name).map(optionOf)}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

const optionOf = ({ id, label }: { id: string; label: string }) => (
  <option key={id} value={id}>
    {label}
  </option>
);

function ImportButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="btn import" onClick={() => input.current?.click()}>
        Import
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".txt,.s,.asm,.bpf,text/plain"
        onChange={(e) => {
          const file = e.target.files?.[0];
          if (file) void importFile(file);
          e.target.value = '';
        }}
      />
    </>
  );
}

function AgreementStatus() {
  const { text, short, kind } = useStore(agreementWords);
  // Of a refusal the whole sentence is too long for any bar.
  const isShort = useMedia(SHORT_BAR) || short === 'refused';
  return (
    <span role="status" aria-label="Agreement" className={`status ${kind}`} title={text}>
      {kind === 'ok' && <CheckIcon />}
      {kind === 'bad' && <CrossIcon />}
      {/* The short form is for the eye alone: the text is the whole sentence. */}
      {isShort && <span className="short" data-text={short} />}
      <span className={isShort ? 'sr' : undefined}>{text}</span>
    </span>
  );
}

function ThemeButton() {
  const isDark = useIsDark();
  return (
    <button type="button" className="btn icon" aria-label="Theme" onClick={() => cycleTheme(isDark)}>
      <ThemeIcon />
    </button>
  );
}

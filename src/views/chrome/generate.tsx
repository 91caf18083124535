/** Programs made by recipes: choose one and its numbers, and see what it will take before it is opened. */
import { type ReactNode, useEffect, useId, useState } from 'react';
import { RECIPES } from '../../recipes/index.ts';
import type { Recipe, RecipeAsk } from '../../recipes/recipe.ts';
import { sizeOf } from '../../recipes/size.ts';
import { readSpec, specOf, standardAsk } from '../../recipes/spec.ts';
import { showDialog } from '../../store/intents.ts';
import { linkLength, openRecipe } from '../../store/recipe.ts';
import { get } from '../../store/store.ts';
import './generate.css';

const grouped = (value: number): string => value.toLocaleString('en');

/** Places of the slider; between them lies the same factor. */
const SLIDER_STEPS = 200;
const SEED_MAX = 0xffffffff;

/** What the page shows now, if it is a recipe. */
const askedNow = (): { recipe: Recipe; ask: RecipeAsk } => {
  const { recipe } = get();
  const [first] = RECIPES;
  return (recipe !== '' && readSpec(recipe)) || { recipe: first, ask: standardAsk(first) };
};

export function Generate() {
  const [{ recipe, ask }, choose] = useState(askedNow);
  const [linkSize, setLinkSize] = useState<number | null>(null);
  const set = (part: Partial<RecipeAsk>): void => choose({ recipe, ask: { ...ask, ...part } });
  const spec = specOf(recipe, ask);
  useEffect(() => {
    let isCurrent = true;
    linkLength(spec, recipe.pass).then(
      (size) => isCurrent && setLinkSize(size),
      // Its length is nothing without which a program could not be opened.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [spec, recipe.pass]);
  return (
    <section className="generate" aria-label="Generated programs">
      <h3>Generated programs</h3>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          showDialog(null);
          void openRecipe(spec);
        }}
      >
        <div className="recipe-choice">
          <Field name="Recipe">
            {(id) => (
              <select
                id={id}
                value={recipe.id}
                onChange={({ target }) => {
                  const next = RECIPES.find((one) => one.id === target.value) ?? recipe;
                  choose({ recipe: next, ask: standardAsk(next) });
                }}
              >
                {RECIPES.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.label}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <p className="dim">
            {recipe.why}
            {recipe.source && <span className="recipe-source"> Source: {recipe.source}.</span>}
          </p>
        </div>
        <div className="recipe-numbers">
          <Length recipe={recipe} n={ask.n} onChange={(n) => set({ n })} />
          {recipe.params.map((param, k) => (
            <Field key={param.id} name={param.label} unit={param.unit}>
              {(id) => (
                <NumberInput
                  {...param}
                  id={id}
                  value={ask.params[k]}
                  onChange={(value) => set({ params: ask.params.with(k, value) })}
                />
              )}
            </Field>
          ))}
          {recipe.isSeeded && (
            <Field name="Seed">
              {(id) => (
                <NumberInput
                  id={id}
                  min={0}
                  max={SEED_MAX}
                  value={ask.seed}
                  onChange={(seed) => set({ seed })}
                />
              )}
            </Field>
          )}
        </div>
        <div className="recipe-open">
          <Expected recipe={recipe} ask={ask} spec={spec} linkSize={linkSize} />
          <button type="submit" className="btn line">
            Generate and open
          </button>
        </div>
      </form>
    </section>
  );
}

interface FieldProps {
  readonly name: string;
  /** What is counted. */
  readonly unit?: string;
  readonly children: (id: string) => ReactNode;
}

function Field({ name, unit, children }: FieldProps) {
  const id = useId();
  return (
    <div className="recipe-field">
      <label htmlFor={id}>
        {name}
        {unit && <span className="dim"> {unit}</span>}
      </label>
      {children(id)}
    </div>
  );
}

interface NumberProps {
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  onChange(value: number): void;
}

/** Whatever is typed stands while it is typed; what counts is the nearest number that may be. */
function NumberInput({ id, min, max, value, onChange }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...{ id, min, max }}
      type="number"
      step={1}
      value={typed ?? value}
      onChange={({ target }) => {
        setTyped(target.value);
        const wanted = Math.round(target.valueAsNumber);
        if (!Number.isNaN(wanted)) onChange(Math.min(max, Math.max(min, wanted)));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** Insns, by a slider that goes in equal factors, and as a number. */
function Length({ recipe, n, onChange }: { recipe: Recipe; n: number; onChange(n: number): void }) {
  const { min, max } = recipe.n;
  const place = Math.round((SLIDER_STEPS * Math.log(n / min)) / Math.log(max / min));
  const at = (step: number): number => {
    const exact = min * (max / min) ** (step / SLIDER_STEPS);
    if (step === SLIDER_STEPS) return max;
    // Two digits, as one would write it.
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1);
    return Math.min(max, Math.max(min, Math.round(exact / unit) * unit));
  };
  return (
    <div className="recipe-field recipe-length">
      <Field name="Insns" unit={`${grouped(min)} to ${grouped(max)}`}>
        {(id) => <NumberInput id={id} min={min} max={max} value={n} onChange={onChange} />}
      </Field>
      <input
        type="range"
        aria-label="Insns, in equal factors"
        aria-valuetext={`${grouped(n)} insns`}
        min={0}
        max={SLIDER_STEPS}
        value={place}
        onChange={({ target }) => onChange(at(target.valueAsNumber))}
      />
    </div>
  );
}

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? 'less than 1 MB' : `about ${grouped(Math.round(bytes / 1e6))} MB`;

interface ExpectedProps {
  readonly recipe: Recipe;
  readonly ask: RecipeAsk;
  readonly spec: string;
  /** null: not known yet. */
  readonly linkSize: number | null;
}

/** What it becomes, what it takes, and what it is called. */
function Expected({ recipe, ask, spec, linkSize }: ExpectedProps) {
  const { isText, after, bytes } = sizeOf(recipe, ask);
  return (
    <p aria-live="polite">
      {isText ? 'Opens as a text that you can edit' : 'Opens as a listing that you can read, not edit'};{' '}
      {grouped(ask.n)} insns become about {grouped(after)}. Memory: {megabytes(bytes)} in the page, and as
      much again in the worker while it compares the algorithms.
      <span className="dim">
        {' '}
        In a link: <span className="mono">{spec}</span>
        {linkSize !== null && `, ${grouped(linkSize)} characters in all`}.
      </span>
    </p>
  );
}

import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Example, groupsOf } from '../../examples/index.ts';
import type { Mark } from '../../figures/index.ts';
import { THUMBNAIL, thumbnail } from '../../figures/thumbnail.ts';
import { runExamples } from '../../store/example-runs.ts';
import { openExample, showDialog } from '../../store/intents.ts';
import { useStore } from '../../store/store.ts';
import { late } from '../late.tsx';
import { drawMarks } from '../stage/draw-marks.ts';
import { Dialog } from './dialog.tsx';
import './examples-dialog.css';

const Generate = late('generate', () => import('./generate.tsx').then(({ Generate }) => Generate));

/** Every example with a small picture of what its pass does. */
export function ExamplesDialog() {
  const examples = useStore((s) => s.examples);
  const [pictures, setPictures] = useState<ReadonlyMap<string, readonly Mark[]>>(new Map());
  useEffect(
    () =>
      runExamples(examples, ({ id }, { trace, before }) => {
        const marks = thumbnail(trace, before.insns);
        setPictures((known) => new Map(known).set(id, marks));
      }),
    [examples],
  );
  const groups = [undefined, ...groupsOf(examples)];
  return (
    <Dialog name="Examples" wide>
      {groups.map((name) => (
        <Fragment key={name ?? ''}>
          <section aria-label={name ?? 'Programs'}>
            {name && <h3>{name}</h3>}
            <ul className="gallery">
              {examples
                .filter(({ group }) => group === name)
                .map((example) => (
                  <li key={example.id}>
                    <Card example={example} picture={pictures.get(example.id) ?? []} />
                  </li>
                ))}
            </ul>
          </section>
          {name === undefined && <Generate />}
        </Fragment>
      ))}
    </Dialog>
  );
}

function Card({ example, picture }: { example: Example; picture: readonly Mark[] }) {
  return (
    <button
      type="button"
      className="example"
      onClick={() => {
        openExample(example);
        showDialog(null);
      }}
    >
      <Picture marks={picture} />
      <b>{example.label}</b>
      <span className="dim">{example.say}</span>
    </button>
  );
}

function Picture({ marks }: { marks: readonly Mark[] }) {
  const svg = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    if (svg.current) drawMarks(svg.current, marks, { duration: 0 });
  }, [marks]);
  const { width, height } = THUMBNAIL;
  return (
    <svg ref={svg} className="thumbnail" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <title>{''}</title>
    </svg>
  );
}

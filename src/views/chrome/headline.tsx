import { bugSaid, exampleNow } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';

/** What to look at in an example: its first sentence is the headline, the others say why. */
export function Headline() {
  const example = useStore(exampleNow);
  const elsewhere = useStore(bugSaid) !== null;
  if (!example || elsewhere) return null;
  const end = example.say.indexOf('. ') + 1;
  const [first, more] = end > 0 ? [example.say.slice(0, end), example.say.slice(end)] : [example.say, ''];
  return (
    <header className="headline">
      <p>{first}</p>
      {more && <p className="dim">{more}</p>}
    </header>
  );
}

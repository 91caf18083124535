/** What the page shows, and its keys, made from the table of commands. */
import { COMMANDS, type Command, GROUPS } from '../../store/commands.ts';
import { isMac, lineWords } from '../key-names.ts';
import { Dialog } from './dialog.tsx';
import './help.css';

export function HelpDialog() {
  return (
    <Dialog name="Help">
      <p style={{ marginTop: 8 }}>
        Before a BPF program runs, Linux rewrites it: one insn becomes several, some are deleted. Everything
        that counts insns (jumps, calls, line info, subprogram starts, aux records) must follow. Here you see
        each step of it: <b>Before</b> is the program you typed, <b>List</b> what the algorithm holds,{' '}
        <b>After</b> what comes out if it finished now.
      </p>
      <Keys />
      <dl className="facts">
        <dt>Rules</dt>
        <dd>this engine: as Linux 6.18, but right where mainline and the 2019 RFC are known to be wrong</dd>
        <dt>Patches</dt>
        <dd>
          write them in the program, above an insn: <code className="mono">;@replace r0 = 1 | r0 += 2</code>,{' '}
          <code className="mono">;@prepend r6 = r1</code>, <code className="mono">;@remove</code>; then choose
          the pass "My patch points"
        </dd>
        <dt>Signs</dt>
        <dd>
          <b className="ins">+</b> inserted, <b className="rew">~</b> rewritten in place,{' '}
          <b className="ret">{'\u25c6'}</b> re-targeted, <b className="del">{'\u2212'}</b> deleted; dashed
          rails are conditional, thick ones lead back, dotted ones are calls
        </dd>
      </dl>
    </Dialog>
  );
}

/** Lines of the sheet: commands that share their words share a line. */
export function linesOf(commands: readonly Command[]): readonly { words: string; keys: readonly string[] }[] {
  const lines = new Map<string, string[]>();
  for (const { line, keys } of commands)
    if (line !== undefined) lines.set(line, [...(lines.get(line) ?? []), ...keys]);
  return [...lines].map(([words, keys]) => ({ words, keys }));
}

const Keys = () => (
  <div className="keys-sheet">
    {GROUPS.map((group) => (
      <section key={group} aria-label={`Keys: ${group}`}>
        <h3>{group}</h3>
        <dl>
          {linesOf(COMMANDS.filter((command) => command.group === group)).map(({ words, keys }) => (
            <div key={words} style={{ display: 'contents' }}>
              <dt>
                {lineWords(keys, isMac()).map((key) => (
                  <kbd key={key} className="kbd">
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
  </div>
);

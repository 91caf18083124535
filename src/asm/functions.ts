/** Labels and functions as they are met. */
import { reportError, type State } from './state.ts';
import { intern, symbolName, USE } from './symbols.ts';

/** Defines the word in token `token` as a label of the next slot. */
export function defineLabel(state: State, token: number): number {
  const { lexer, symbols, labels } = state;
  const from = lexer.from[token];
  const to = lexer.to[token];
  const sym = intern(symbols, from, to, lexer.value[token] | 0);
  if (symbols.slot.data[sym] >= 0) {
    const name = symbolName(symbols, sym);
    reportError(
      state,
      'duplicate-label',
      from,
      to,
      `label \`${name}\` is defined twice`,
      'the first one counts; rename this one',
    );
    return sym;
  }
  symbols.slot.data[sym] = state.slotCnt;
  labels.push({ name: symbolName(symbols, sym), slot: state.slotCnt, from, to, sym });
  return sym;
}

export function defineFunction(state: State, token: number): void {
  const sym = defineLabel(state, token);
  state.symbols.use.data[sym] |= USE.FUNC;
}

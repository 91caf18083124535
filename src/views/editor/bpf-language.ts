/**
 * BPF assembly as a language of Monaco. Monaco registers languages once for the page, so what an editor knows
 * about its own text hangs on its model.
 */
import { tokenizeLine } from '../../asm/tokenize-line.ts';
import type { MonacoProps } from './editor-props.ts';
import { monaco } from './monaco.ts';

export const BPF_LANGUAGE = 'bpf';

/** What an editor answers about its text at the moment. */
export type Sources = Pick<MonacoProps, 'hoverAt' | 'definitionAt'>;

const sourcesByModel = new WeakMap<monaco.editor.ITextModel, () => Sources>();

/** From now on questions about this model go to `sources`. */
export const answerFor = (model: monaco.editor.ITextModel, sources: () => Sources): void => {
  sourcesByModel.set(model, sources);
};

/** Plain text in Markdown: insns are full of stars and brackets. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()<>#+\-.!~|&]/g, '\\$&');

export function rangeOf(model: monaco.editor.ITextModel, from: number, to: number): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
}

const stateless: monaco.languages.IState = { clone: () => stateless, equals: () => true };

function register(): void {
  monaco.languages.register({ id: BPF_LANGUAGE });
  monaco.languages.setLanguageConfiguration(BPF_LANGUAGE, {
    comments: { lineComment: ';' },
    brackets: [
      ['(', ')'],
      ['{', '}'],
    ],
    // A register, a number with its sign of base, a label: double click and word moves take them whole.
    wordPattern: /[A-Za-z_.$@%][\w.$@]*|-?\d\w*/,
  });
  monaco.languages.setTokensProvider(BPF_LANGUAGE, {
    getInitialState: () => stateless,
    tokenize: (line) => ({
      tokens: tokenizeLine(line).map(({ from, kind }) => ({ startIndex: from, scopes: kind })),
      endState: stateless,
    }),
  });
  monaco.languages.registerHoverProvider(BPF_LANGUAGE, {
    provideHover(model, position) {
      const { hoverAt } = sourcesByModel.get(model)?.() ?? {};
      const paragraphs = hoverAt?.(model.getOffsetAt(position));
      return paragraphs ? { contents: paragraphs.map((text) => ({ value: escapeMarkdown(text) })) } : null;
    },
  });
  monaco.languages.registerDefinitionProvider(BPF_LANGUAGE, {
    provideDefinition(model, position) {
      const { definitionAt } = sourcesByModel.get(model)?.() ?? {};
      const range = definitionAt?.(model.getOffsetAt(position));
      return range ? { uri: model.uri, range: rangeOf(model, range.from, range.to) } : null;
    },
  });
}

register();

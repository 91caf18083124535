/** Line information of a program as comments, in the form that line-info-text.ts reads first. */
import type { Program } from '../program/program.ts';
import { type LineRef, readLineRef } from './line-info-text.ts';
import { endLine, type Writer, writeByte, writeDec, writeLine, writeText } from './writer.ts';

const [SPACE, COLON, SEMICOLON] = [32, 58, 59];

/** Names of files, and source texts, that are taken for nothing else when they stand in such a comment. */
const PLAIN_FILE = /^[\w./-]+$/;
const PLAIN_TEXT = /^(\S.*)?[^\s\]]$/;

/** What is known of a string. */
const KNOWN = { NOTHING: 0, PLAIN: 1, OTHER: 2 } as const;

/** Asks of a string by its number whether it is of a kind; it is looked at once, however many entries have it. */
function askerOf(strings: readonly string[], kind: RegExp): (number: number) => boolean {
  const known = new Uint8Array(strings.length);
  return (number) => {
    if (known[number] === KNOWN.NOTHING)
      known[number] = kind.test(strings[number]) ? KNOWN.PLAIN : KNOWN.OTHER;
    return known[number] === KNOWN.PLAIN;
  };
}

/** Gives what writes the line of an entry. */
export function lineInfoWriter(out: Writer, { lineInfo, strings }: Program): (entry: number) => void {
  const isPlainFile = askerOf(strings, PLAIN_FILE);
  const isPlainText = askerOf(strings, PLAIN_TEXT);
  return (entry) => {
    const line = lineInfo.line[entry];
    const col = lineInfo.col[entry];
    const file = lineInfo.file[entry];
    const text = lineInfo.text[entry];
    const isPlain =
      line >= 0 && col >= 0 && isPlainFile(file) && (strings[text] === undefined || isPlainText(text));
    if (!isPlain) return writeLine(out, carefulText(strings[file] ?? '', line, col, strings[text]));
    writeByte(out, SEMICOLON);
    writeByte(out, SPACE);
    writeText(out, strings[file]);
    writeByte(out, COLON);
    writeDec(out, line);
    writeByte(out, COLON);
    writeDec(out, col);
    if (strings[text] !== undefined) {
      writeByte(out, SPACE);
      writeText(out, strings[text]);
    }
    endLine(out);
  };
}

const scratch: LineRef = { fileFrom: 0, fileTo: 0, line: 0, col: 0, textFrom: 0, textTo: 0 };

/** `; file.c:12:3 text` if that reads back as the same, else `.loc` with strings. */
function carefulText(file: string, line: number, col: number, text: string | undefined): string {
  const plain = ` ${file}:${line}:${col}${text === undefined ? '' : ` ${text}`}`;
  const isRead =
    !/[\n\r]/.test(plain) &&
    readLineRef(plain, 0, plain.length, scratch) &&
    plain.slice(scratch.fileFrom, scratch.fileTo) === file &&
    file !== '' &&
    plain.slice(scratch.textFrom, scratch.textTo) === (text ?? '') &&
    text !== '' &&
    scratch.line === line &&
    scratch.col === col;
  if (isRead) return `;${plain}`;
  return `.loc ${JSON.stringify(file)} ${line} ${col}${text === undefined ? '' : ` ${JSON.stringify(text)}`}`;
}
